// The latents of one layer as cards: their strongest images and the synsets that they stand for.
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { experimentPath, get, withQuery } from './api.js';
import {
  dictionaryChooser,
  dictionaryName,
  dictionaryOf,
  inAddress,
  isTrained,
  scoredDictionaries,
} from './dictionaries.js';
import { DEFAULT_SORT, filters } from './filters.js';
import { count, number, percent } from './format.js';
import { bar, explained, loading, problemBox, synsetLink } from './parts.js';
import { CRITERIA, SCORES, bestOf } from './scores.js';

const PAGE = 24;
const IMAGES = 8;

/**
 * Keeps the pages that were fetched for one layer, sort and filter.
 *
 * @param options.synset the list is of this synset's latents, whatever the address says
 */
export function latentsPart(id, address, draw, options = {}) {
  const state = {
    key: null,
    query: {},
    dictionary: {},
    experiment: null,
    layer: null,
    items: null,
    nextCursor: null,
    problem: null,
  };
  const change = (changed) => (location.hash = address({ layer: state.layer.layer, ...changed }));
  const chooser = filters(draw, change);

  const fetchPage = (cursor) =>
    get(`${experimentPath(id)}/features`, {
      layer: state.layer.layer,
      ...state.dictionary,
      sort: state.query.sort ?? DEFAULT_SORT,
      synset: state.query.synset,
      where: state.query.where,
      limit: PAGE,
      cursor,
    });
  const load = async (cursor) => {
    const { key } = state;
    try {
      const page = await fetchPage(cursor);
      if (key !== state.key) return;
      Object.assign(state, {
        items: cursor ? [...state.items, ...page.items] : page.items,
        nextCursor: page.nextCursor,
        problem: null,
      });
    } catch (problem) {
      if (key !== state.key) return;
      state.problem = problem;
    }
    draw();
  };
  const choose = (layer, asked, experiment) => {
    if (!layer) return;
    const dictionary = dictionaryOf(asked);
    const query = { sort: asked.sort, where: asked.where, synset: options.synset ?? asked.synset };
    const key = JSON.stringify([layer.scoringId, dictionary, query.sort, query.synset, query.where]);
    state.experiment = experiment;
    if (key === state.key) return;
    chooser.choose(query);
    Object.assign(state, { key, query, dictionary, layer, items: null, nextCursor: null, problem: null });
    load();
  };

  return {
    choose,
    draw: (layer) =>
      html`<section class="latents" aria-label="Latents">
        <h2>Latents of ${layer.layer}${isTrained(state.dictionary) ? nothing : `, ${dictionaryName(state.dictionary)}`}</h2>
        <p class="lead">
          ${isTrained(state.dictionary)
            ? html`Each card is one direction that the autoencoder found: the images that excite it most, and the synset
              that it detects best.`
            : html`Each card is one direction of the ${dictionaryName(state.dictionary)}, scored like those of the
              trained SAE.`}
        </p>
        ${chooser.draw({
          isSynsetFixed: Boolean(options.synset),
          before: dictionaryChooser(scoredDictionaries(state.experiment, layer.layer), state.dictionary, change),
        })} ${cards(state, id, load)}
      </section>`,
  };
}

function cards(state, id, load) {
  if (state.problem) return problemBox(state.problem, () => load());
  if (!state.items) return loading('latents');
  if (state.items.length === 0)
    return html`<p class="empty">No latent of this layer passes. Take a filter away, or choose another layer.</p>`;
  return html`<ul class="cards">
      ${repeat(
        state.items,
        (item) => item.scores.latent,
        (item) => cardOf(item, id, state.query.sort ?? DEFAULT_SORT),
      )}
    </ul>
    ${state.nextCursor
      ? html`<p class="more"><button type="button" @click=${() => load(state.nextCursor)}>Show more</button></p>`
      : html`<p class="facts">These are all.</p>`}`;
}

export const latentAddress = (id, layer, latent, dictionary) =>
  withQuery(
    `#/experiments/${encodeURIComponent(id)}/latents/${encodeURIComponent(layer)}/${latent}`,
    inAddress(dictionary),
  );

/** A latent as a card; `more` comes below its name. */
export const cardOf = ({ layer, variant, step, scores, thumbnails }, id, sort, more = nothing) =>
  html`<li class="card">
    <a
      class="images"
      href=${latentAddress(id, layer, scores.latent, { variant, step })}
      aria-label="Latent ${scores.latent}, all its scores"
    >
      ${thumbnails.slice(0, IMAGES).map((source) => html`<img src=${source} alt="" loading="lazy" decoding="async" />`)}
      ${thumbnails.length ? nothing : html`<span class="none">no image</span>`}
    </a>
    <div class="words">
      <p class="latent">
        <a href=${latentAddress(id, layer, scores.latent, { variant, step })}>latent ${scores.latent}</a> · fires on
        ${percent(scores.density, 1)}
      </p>
      ${more}
      ${scores.best ? best(id, scores, sort) : ineligible(scores)} ${scores.lch ? heights(id, scores) : nothing}
    </div>
  </li>`;

function best(id, scores, sort) {
  const found = bestOf(scores, sort);
  const key = CRITERIA.includes(sort) && sort !== 'LIFT' ? sort : 'F1';
  const value = scores.values[key];
  const shown = `${SCORES[key].name} ${number(value, 2)}`;
  return html`
    <h3>${synsetLink(id, found.wnid, found.name)}</h3>
    <div class="score"><span>${shown}</span>${bar(Math.max(0, value ?? 0), shown)}</div>
    ${sort in SCORES && sort !== key
      ? html`<p class="sorted">${SCORES[sort].name} <b>${SCORES[sort].format(scores.values[sort])}</b></p>`
      : nothing}
    <p class="facts">
      precision ${number(found.precision, 2)} · recall ${number(found.recall, 2)} · lift ${number(found.lift, 1)}
    </p>
  `;
}

const ineligible = (scores) =>
  html`<p class="facts">
    ${explained('Not scored', 'A latent needs as many active images as the top-k of the scoring.')}: it fires on
    ${count(scores.nActive)} ${scores.nActive === 1 ? 'image' : 'images'} only.
  </p>`;

const heights = (id, { lch, robustLch }) =>
  html`<p class="facts">
    LCH ${synsetLink(id, lch.wnid, lch.name)} (height
    ${lch.height})${robustLch && robustLch.wnid !== lch.wnid
      ? html`; robust ${synsetLink(id, robustLch.wnid, robustLch.name)} (${robustLch.height})`
      : nothing}
  </p>`;

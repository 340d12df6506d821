// The latents of one layer as cards: their strongest images and the synsets that they stand for.
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { experimentPath, get } from './api.js';
import { count, lemma, number, percent } from './format.js';
import { bar, explained, loading, problemBox, synset } from './parts.js';

const PAGE = 24;
const IMAGES = 8;

const SORTS = [
  ['F1', 'best-synset F1'],
  ['LCH_HEIGHT', 'LCH height, lowest first'],
  ['ROBUST_LCH_HEIGHT', 'robust LCH height, lowest first'],
  ['ENTROPY', 'class entropy, lowest first'],
  ['DENSITY', 'density, highest first'],
  ['LATENT', 'number'],
];

/** Keeps the pages that were fetched for one layer, sort and filter. */
export function latentsPart(id, address, draw) {
  const state = {
    key: null,
    query: {},
    layer: null,
    items: null,
    nextCursor: null,
    problem: null,
    senses: null,
    synset: null,
  };

  const fetchPage = (cursor) =>
    get(`${experimentPath(id)}/features`, {
      layer: state.layer.layer,
      sort: state.query.sort ?? 'F1',
      synset: state.query.synset,
      minF1: state.query.minF1,
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
  const nameSynset = async (wnid) => {
    state.synset = wnid ? await get(`/api/v1/synsets/${wnid}`).catch(() => ({ wnid, name: wnid })) : null;
    draw();
  };
  const choose = (layer, query) => {
    if (!layer) return;
    const key = JSON.stringify([layer.scoringId, query.sort, query.synset, query.minF1]);
    if (key === state.key) return;
    if (query.synset !== state.query.synset) nameSynset(query.synset);
    Object.assign(state, { key, query, layer, items: null, nextCursor: null, problem: null });
    load();
  };
  const search = async (event) => {
    event.preventDefault();
    const words = new FormData(event.target).get('lemma').trim();
    if (!words) return;
    try {
      state.senses = { words, items: (await get('/api/v1/synsets', { lemma: words })).items };
    } catch (problem) {
      state.senses = { words, problem };
    }
    draw();
  };
  const filter = (change) => {
    state.senses = null;
    location.hash = address({ layer: state.layer.layer, ...change });
  };

  return {
    choose,
    draw: (layer) =>
      html`<section class="latents" aria-label="Latents">
        <h2>Latents of ${layer.layer}</h2>
        <p class="lead">
          Each card is one direction that the autoencoder found: the images that excite it most, and the synset that it
          detects best.
        </p>
        ${controls(state, { search, filter })} ${cards(state, id, load)}
      </section>`,
  };
}

const controls = (state, { search, filter }) =>
  html`<div class="controls">
    <label>
      Sort by
      <select @change=${(event) => filter({ sort: event.target.value })}>
        ${SORTS.map(
          ([value, name]) =>
            html`<option value=${value} ?selected=${value === (state.query.sort ?? 'F1')}>${name}</option>`,
        )}
      </select>
    </label>
    <label>
      F1 at least <output>${number(Number(state.query.minF1 ?? 0), 2)}</output>
      <input
        type="range"
        min="0"
        max="1"
        step="0.05"
        .value=${state.query.minF1 ?? '0'}
        @input=${(event) => (event.target.previousElementSibling.value = number(Number(event.target.value), 2))}
        @change=${(event) => filter({ minF1: event.target.value === '0' ? null : event.target.value })}
      />
    </label>
    ${state.query.synset
      ? html`<p class="filter">
          At or below ${synset(state.query.synset, state.synset?.name ?? state.query.synset)}
          <button type="button" class="quiet" @click=${() => filter({ synset: null })}>Show all</button>
        </p>`
      : html`<form role="search" @submit=${search}>
          <label
            >Only synsets below <input name="lemma" type="search" placeholder="a noun, such as dog" autocomplete="off"
          /></label>
          <button>Find</button>
        </form>`}
    ${state.senses ? senses(state.senses, filter) : nothing}
  </div>`;

function senses({ words, items, problem }, filter) {
  if (problem) return problemBox(problem);
  if (items.length === 0) return html`<p class="facts">WordNet has no noun “${words}”. Try the singular.</p>`;
  return html`<ul class="senses" aria-label="Senses of ${words}">
    ${items.map(
      (sense) =>
        html`<li>
          <button type="button" class="link" @click=${() => filter({ synset: sense.wnid })}>
            ${sense.lemmas.map(lemma).join(', ')}
          </button>
          <span class="facts">${sense.gloss}</span>
        </li>`,
    )}
  </ul>`;
}

function cards(state, id, load) {
  if (state.problem) return problemBox(state.problem, () => load());
  if (!state.items) return loading('latents');
  if (state.items.length === 0)
    return html`<p class="empty">No latent passes this filter. Lower the F1 or show all synsets.</p>`;
  return html`<ul class="cards">
      ${repeat(
        state.items,
        (item) => item.scores.latent,
        (item) => card(item, id),
      )}
    </ul>
    ${state.nextCursor
      ? html`<p class="more"><button type="button" @click=${() => load(state.nextCursor)}>Show more</button></p>`
      : html`<p class="facts">These are all.</p>`}`;
}

export const latentAddress = (id, layer, latent) =>
  `#/experiments/${encodeURIComponent(id)}/latents/${encodeURIComponent(layer)}/${latent}`;

const card = ({ layer, scores, thumbnails }, id) =>
  html`<li class="card">
    <a
      class="images"
      href=${latentAddress(id, layer, scores.latent)}
      aria-label="Latent ${scores.latent}, all its scores"
    >
      ${thumbnails.slice(0, IMAGES).map((source) => html`<img src=${source} alt="" loading="lazy" decoding="async" />`)}
      ${thumbnails.length ? nothing : html`<span class="none">no image</span>`}
    </a>
    <div class="words">
      <p class="latent">
        <a href=${latentAddress(id, layer, scores.latent)}>latent ${scores.latent}</a> · fires on
        ${percent(scores.density, 1)}
      </p>
      ${scores.best ? best(scores.best) : ineligible(scores)} ${scores.lch ? heights(scores) : nothing}
    </div>
  </li>`;

const best = (found) => html`
  <h3>${synset(found.wnid, found.name)}</h3>
  <div class="score"><span>F1 ${number(found.f1, 2)}</span>${bar(found.f1, `F1 ${number(found.f1, 2)}`)}</div>
  <p class="facts">
    precision ${number(found.precision, 2)} · recall ${number(found.recall, 2)} · lift ${number(found.lift, 1)}
  </p>
`;

const ineligible = (scores) =>
  html`<p class="facts">
    ${explained('Not scored', 'A latent needs as many active images as the top-k of the scoring.')}: it fires on
    ${count(scores.nActive)} ${scores.nActive === 1 ? 'image' : 'images'} only.
  </p>`;

const heights = ({ lch, robustLch }) =>
  html`<p class="facts">
    LCH ${synset(lch.wnid, lch.name)} (height
    ${lch.height})${robustLch && robustLch.wnid !== lch.wnid
      ? html`; robust ${synset(robustLch.wnid, robustLch.name)} (${robustLch.height})`
      : nothing}
  </p>`;

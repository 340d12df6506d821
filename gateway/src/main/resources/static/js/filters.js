// What a list of latents can be ordered and filtered by.
import { html, nothing } from 'lit-html';
import { lemma } from './format.js';
import { problemBox, synset } from './parts.js';
import { GROUPS, SCORES } from './scores.js';
import { findSynset, searchSynsets } from './taxonomy.js';

const ORDERS = [
  ['DENSITY', 'Share of images, highest first'],
  ['MAX_ACTIVATION', 'Strongest activation'],
  ['LATENT', 'Number'],
];

export const DEFAULT_SORT = 'F1';

const first = ({ name, towards }) => `${name}, ${towards === 'up' ? 'highest' : 'lowest'} first`;

/** Bounds as the API writes them: `AP>=0.3,LCH_HEIGHT<=4`. */
const bounds = (where) => (where ? where.split(',') : []);

const words = (bound) => {
  const [, key, relation, value] = bound.match(/^(\w+)(>=|<=)(.*)$/) ?? [];
  return key ? `${SCORES[key]?.name ?? key} ${relation === '>=' ? '≥' : '≤'} ${value}` : bound;
};

/** @param change called with what changes of the address's query */
export function filters(draw, change) {
  const state = { query: {}, senses: null, synset: null };

  const nameSynset = async (wnid) => {
    state.synset = wnid ? await findSynset(wnid).catch(() => ({ wnid, name: wnid })) : null;
    draw();
  };
  const choose = (query) => {
    if (query.synset !== state.query.synset) nameSynset(query.synset);
    state.query = query;
  };
  const search = async (event) => {
    event.preventDefault();
    const noun = new FormData(event.target).get('lemma').trim();
    if (!noun) return;
    try {
      state.senses = { noun, items: (await searchSynsets(noun)).items };
    } catch (problem) {
      state.senses = { noun, problem };
    }
    draw();
  };
  const pick = (wnid) => {
    state.senses = null;
    change({ synset: wnid });
  };
  const addBound = (event) => {
    event.preventDefault();
    const { score, relation, value } = Object.fromEntries(new FormData(event.target));
    if (value === '') return;
    const others = bounds(state.query.where).filter((bound) => !bound.startsWith(`${score}${relation}`));
    change({ where: [...others, `${score}${relation}${Number(value)}`].join(',') });
    event.target.reset();
  };
  const dropBound = (bound) =>
    change({
      where:
        bounds(state.query.where)
          .filter((other) => other !== bound)
          .join(',') || null,
    });

  return {
    choose,
    draw: ({ isSynsetFixed = false, before = nothing } = {}) =>
      html`<div class="controls">
        ${before} ${order(state.query.sort ?? DEFAULT_SORT, change)} ${boundForm(addBound)}
        ${isSynsetFixed ? nothing : subtree(state, search, pick)}
        ${bounds(state.query.where).length
          ? html`<ul class="bounds" aria-label="Filters">
              ${bounds(state.query.where).map(
                (bound) =>
                  html`<li>
                    ${words(bound)}
                    <button
                      type="button"
                      class="quiet"
                      aria-label="Remove ${words(bound)}"
                      @click=${() => dropBound(bound)}
                    >
                      ✕
                    </button>
                  </li>`,
              )}
            </ul>`
          : nothing}
        ${state.senses && !isSynsetFixed ? senses(state.senses, pick) : nothing}
      </div>`,
  };
}

const order = (sort, change) =>
  html`<label>
    Sort by
    <select name="sort" @change=${(event) => change({ sort: event.target.value })}>
      ${GROUPS.map(
        ([group, scores]) =>
          html`<optgroup label=${group}>
            ${scores.map(
              ([key, score]) => html`<option value=${key} ?selected=${key === sort}>${first(score)}</option>`,
            )}
          </optgroup>`,
      )}
      <optgroup label="Others">
        ${ORDERS.map(([key, name]) => html`<option value=${key} ?selected=${key === sort}>${name}</option>`)}
      </optgroup>
    </select>
  </label>`;

const boundForm = (addBound) =>
  html`<form aria-label="Filter by a score" @submit=${addBound}>
    <label>
      Only where
      <select name="score">
        ${GROUPS.map(
          ([group, scores]) =>
            html`<optgroup label=${group}>
              ${scores.map(([key, { name }]) => html`<option value=${key}>${name}</option>`)}
            </optgroup>`,
        )}
      </select>
    </label>
    <select name="relation" aria-label="at least or at most">
      <option value=">=">≥</option>
      <option value="<=">≤</option>
    </select>
    <input name="value" type="number" step="any" aria-label="bound" placeholder="0.5" />
    <button>Filter</button>
  </form>`;

const subtree = (state, search, pick) =>
  state.query.synset
    ? html`<p class="filter">
        At or below ${synset(state.query.synset, state.synset?.name ?? state.query.synset)}
        <button type="button" class="quiet" @click=${() => pick(null)}>Show all</button>
      </p>`
    : html`<form role="search" @submit=${search}>
        <label
          >Only synsets below <input name="lemma" type="search" placeholder="a noun, such as dog" autocomplete="off"
        /></label>
        <button>Find</button>
      </form>`;

function senses({ noun, items, problem }, pick) {
  if (problem) return problemBox(problem);
  if (items.length === 0) return html`<p class="facts">WordNet has no noun “${noun}”. Try the singular.</p>`;
  return html`<ul class="senses" aria-label="Senses of ${noun}">
    ${items.map(
      (sense) =>
        html`<li>
          <button type="button" class="link" @click=${() => pick(sense.wnid)}>
            ${sense.lemmas.map(lemma).join(', ')}
          </button>
          <span class="facts">${sense.gloss}</span>
        </li>`,
    )}
  </ul>`;
}

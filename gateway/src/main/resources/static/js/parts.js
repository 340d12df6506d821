// Small pieces that several views share.
import { html, nothing } from 'lit-html';
import { lemma } from './format.js';

const STATES = {
  QUEUED: ['○', 'queued'],
  RUNNING: ['▶', 'running'],
  SUCCEEDED: ['✓', 'done'],
  FAILED: ['✕', 'failed'],
  CANCELLED: ['■', 'cancelled'],
};

/** A state by sign, word and colour: never by colour alone. */
export const stateChip = (state) =>
  html`<span class="chip ${state.toLowerCase()}"
    ><span aria-hidden="true">${STATES[state][0]}</span> ${STATES[state][1]}</span
  >`;

export const stateSign = (state) => STATES[state][0];
export const stateWord = (state) => STATES[state][1];

export const bar = (share, label) =>
  html`<div
    class="bar"
    role="progressbar"
    aria-valuemin="0"
    aria-valuemax="100"
    aria-valuenow=${Math.round(100 * share)}
    aria-label=${label}
  >
    <span style="inline-size:${100 * share}%"></span>
  </div>`;

export const loading = (what) => html`<p class="loading" role="status">Loading ${what}…</p>`;

export const problemBox = (problem, again) =>
  html`<div class="callout bad" role="alert">
    <strong>${problem.message}</strong>
    ${problem.code ? html`<code>${problem.code}</code>` : nothing}
    ${again ? html`<button type="button" @click=${again}>Try again</button>` : nothing}
  </div>`;

/** A synset's name; its gloss comes on hover or focus (see tips.js). */
export const synset = (wnid, name) => html`<span class="synset" tabindex="0" data-wnid=${wnid}>${lemma(name)}</span>`;

/** The same as a link to what the experiment knows of it. */
export const synsetLink = (id, wnid, name) =>
  html`<a class="synset" href=${synsetAddress(id, wnid)} data-wnid=${wnid}>${lemma(name)}</a>`;

export const synsetAddress = (id, wnid) =>
  `#/experiments/${encodeURIComponent(id)}/synsets/${encodeURIComponent(wnid)}`;

/** A word with an explanation on hover or focus. */
export const explained = (text, tip) => html`<span class="explained" tabindex="0" data-tip=${tip}>${text}</span>`;

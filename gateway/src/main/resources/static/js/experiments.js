// All experiments, newest first, with live progress.
import { html, nothing, render } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { actionButtons } from './actions.js';
import { get, isFinished, watch } from './api.js';
import { duration, percent, secondsBetween, time } from './format.js';
import { bar, loading, problemBox, stateChip } from './parts.js';
import { present } from './stages.js';

// A browser opens six connections to one host: event streams must leave some for the rest.
const LIVE_AT_ONCE = 3;
const REFRESH_MS = 5000;

export function experimentsView(root) {
  document.title = 'Experiments · Taxoscope';
  const state = { items: null, nextCursor: null, problem: null, acting: null, hasPagedOn: false };
  const watched = new Map();
  let timer = 0;
  let left = false;

  const draw = () => !left && render(page(state, { refresh, more, change, fail }), root);
  const change = (view) => {
    if (view === null) return refresh();
    state.items = state.items.map((item) => (item.id === view.id ? view : item));
    follow();
    draw();
  };
  const fail = (problem) => {
    state.acting = problem;
    draw();
  };
  const follow = () => {
    for (const { id } of state.items.filter((item) => !isFinished(item)).slice(0, LIVE_AT_ONCE)) {
      if (!watched.has(id)) watched.set(id, watch(id, change, fail));
    }
    for (const item of state.items.filter(isFinished)) {
      watched.get(item.id)?.();
      watched.delete(item.id);
    }
  };
  const refresh = async () => {
    clearTimeout(timer);
    try {
      const { items, nextCursor } = await get('/api/v1/experiments');
      Object.assign(state, { items, nextCursor, problem: null });
      if (!left) follow();
    } catch (problem) {
      state.problem = problem;
    }
    draw();
    // For experiments of others, and those beyond the live ones.
    if (!left && !state.hasPagedOn) timer = setTimeout(refresh, REFRESH_MS);
  };
  const more = async () => {
    state.hasPagedOn = true;
    clearTimeout(timer);
    const page = await get('/api/v1/experiments', { cursor: state.nextCursor });
    Object.assign(state, { items: [...state.items, ...page.items], nextCursor: page.nextCursor });
    draw();
  };

  draw();
  refresh();
  return {
    update: () => {},
    leave: () => {
      left = true;
      clearTimeout(timer);
      watched.forEach((stop) => stop());
    },
  };
}

const page = (state, actions) => html`
  <div class="title">
    <h1>Experiments</h1>
    <a class="button primary" href="#/new">New experiment</a>
  </div>
  ${state.acting ? problemBox(state.acting) : nothing}
  ${state.problem ? problemBox(state.problem, actions.refresh) : list(state, actions)}
`;

function list(state, actions) {
  if (!state.items) return loading('experiments');
  if (state.items.length === 0) return empty;
  return html`<ul class="experiments">
      ${repeat(
        state.items,
        (item) => item.id,
        (item) => entry(item, actions),
      )}
    </ul>
    ${state.nextCursor ? html`<button type="button" @click=${actions.more}>Show older ones</button>` : nothing}`;
}

const empty = html`<div class="empty">
  <p><strong>No experiment yet.</strong></p>
  <p>
    An experiment takes a vision model and labelled images, trains a sparse autoencoder on every layer, and says for
    each of its latents where in WordNet it lives.
  </p>
  <p><a class="button primary" href="#/new">Start one</a></p>
</div>`;

const entry = (experiment, actions) =>
  html`<li class="experiment">
    <div class="heading">
      <h2><a href="#/experiments/${encodeURIComponent(experiment.id)}">${experiment.name}</a></h2>
      ${stateChip(experiment.state)}
    </div>
    <p class="facts">${subject(experiment.spec)}</p>
    ${experiment.state === 'SUCCEEDED' ? nothing : bar(experiment.progress, `Progress of ${experiment.name}`)}
    ${experiment.error
      ? html`<p class="why">${experiment.error.detail} <code>${experiment.error.code}</code></p>`
      : html`<p class="facts">${facts(experiment)}</p>`}
    <div class="actions">${actionButtons(experiment, actions.change, actions.fail)}</div>
  </li>`;

/** What it is about, as far as the document says it. */
export function subject({ model, dataset, layers, sae }) {
  const parts = [
    `${model.name ?? 'model'} on ${dataset.name ?? 'images'}`,
    layers?.length ? `${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}` : 'every layer',
    sae ? `TopK ${sae.k}, ${sae.width ? `${sae.width} latents` : `${sae.expansion}× expansion`}` : '',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** One line: what it does now, or how it ended. */
export function facts(experiment) {
  const took = secondsBetween(experiment.startedAt, experiment.finishedAt);
  switch (experiment.state) {
    case 'QUEUED':
      return html`Submitted ${time(experiment.createdAt)}; waits for a worker.`;
    case 'RUNNING':
      return html`${percent(experiment.progress)} ·
      ${experiment.etaSeconds === null || experiment.etaSeconds === undefined
        ? 'remaining time not known yet'
        : `about ${duration(experiment.etaSeconds)} left`}
      · ${present(experiment.stages) ?? 'between two steps'}`;
    case 'SUCCEEDED':
      return html`Finished ${time(experiment.finishedAt)} in ${duration(took)}.`;
    case 'CANCELLED':
      return html`Cancelled ${time(experiment.finishedAt)} at ${percent(experiment.progress)}. What was finished is
      kept.`;
    default:
      return html`Stopped ${time(experiment.finishedAt)} at ${percent(experiment.progress)}.`;
  }
}

// One experiment: what it is doing, then what it found.
import { html, nothing, render } from 'lit-html';
import { actionButtons } from './actions.js';
import { experimentPath, get, isFinished, watch, withQuery } from './api.js';
import { curvePart } from './curve.js';
import { dictionaryName, scoredDictionaries } from './dictionaries.js';
import { facts, subject } from './experiments.js';
import { count, duration, secondsBetween, time } from './format.js';
import { imagePart } from './image.js';
import { latentsPart } from './latents.js';
import { bar, loading, problemBox, stateChip } from './parts.js';
import { relationsPart } from './relations.js';
import { reportPart } from './report.js';
import { arranged } from './reports.js';
import { stagesPart } from './stages.js';
import { useTaxonomyOf } from './taxonomy.js';
import { treeAddress } from './tree.js';

export function experimentView(root, route) {
  const state = { route, experiment: null, layers: null, problem: null, acting: null, pointed: null, width: 0 };
  let stop = () => {};
  let left = false;
  const page = `#/experiments/${encodeURIComponent(route.id)}`;
  const address = (change) => withQuery(page, { ...state.route.query, ...change });
  const latents = latentsPart(route.id, address, () => draw());
  const curve = curvePart(route.id, () => draw());
  const relations = relationsPart(route.id, () => draw());
  const image = imagePart(route.id, () => draw());

  const draw = () => {
    if (left) return;
    render(pageOf(state, { address, latents, curve, relations, image, onPoint, show, fail, load }), root);
    sizes.observe(root);
  };
  const onPoint = (report, x) => {
    state.pointed = report && { report, x };
    draw();
  };
  const fail = (problem) => {
    state.acting = problem;
    draw();
  };
  const show = (experiment) => {
    if (experiment === null) {
      location.hash = '#/';
      return;
    }
    const scored = countScored(state.experiment);
    const wasFinished = state.experiment && isFinished(state.experiment);
    Object.assign(state, { experiment, acting: null });
    useTaxonomyOf(experiment);
    document.title = `${experiment.name} · Taxoscope`;
    if (countScored(experiment) !== scored || !state.layers) loadLayers();
    relations.choose(experiment);
    if (wasFinished && !isFinished(experiment)) follow();
    draw();
  };
  const loadLayers = async () => {
    try {
      state.layers = (await get(`${experimentPath(route.id)}/layers`)).items.map(arranged);
      choose();
    } catch (problem) {
      state.acting = problem;
    }
    draw();
  };
  const choose = () => {
    const layer = chosen(state);
    latents.choose(layer, state.route.query, state.experiment);
    curve.choose(layer, state.experiment);
    image.choose(layer, state.route.query);
  };
  const follow = () => {
    stop();
    stop = watch(route.id, show, fail);
  };
  const load = async () => {
    try {
      state.problem = null;
      show(await get(experimentPath(route.id)));
      if (!isFinished(state.experiment)) follow();
    } catch (problem) {
      state.problem = problem;
      draw();
    }
  };
  const sizes = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width !== state.width) {
      state.width = width;
      draw();
    }
  });

  document.title = 'Experiment · Taxoscope';
  draw();
  load();
  return {
    update: (next) => {
      state.route = next;
      if (state.layers) choose();
      draw();
    },
    leave: () => {
      left = true;
      stop();
      image.leave();
      sizes.disconnect();
    },
  };
}

/** The layer that the address names, else the deepest: there is most to see. */
const chosen = ({ layers, route }) => layers.find(({ layer }) => layer === route.query.layer) ?? layers.at(-1);

const countScored = (experiment) =>
  experiment?.stages.filter((stage) => stage.kind.startsWith('SCORE') && stage.state === 'SUCCEEDED').length;

function pageOf(state, actions) {
  const { experiment } = state;
  if (state.problem)
    return html`<h1>Experiment</h1>
      ${problemBox(state.problem, actions.load)}
      <p><a href="#/">All experiments</a></p>`;
  if (!experiment) return loading('the experiment');
  return html`
    <p class="crumbs"><a href="#/">Experiments</a></p>
    <div class="title">
      <h1>${experiment.name}</h1>
      ${stateChip(experiment.state)}
      <div class="actions">${actionButtons(experiment, actions.show, actions.fail)} ${downloads(experiment)}</div>
    </div>
    ${state.acting ? problemBox(state.acting) : nothing} ${progress(experiment)} ${results(state, actions)}
    ${settings(experiment)}
  `;
}

function downloads(experiment) {
  const { id, state } = experiment;
  const variants = [...new Set(scoredDictionaries(experiment).map(({ variant }) => variant))].join(',');
  return html`<details class="menu">
    <summary class="button">Export</summary>
    <ul>
      ${(state === 'SUCCEEDED' ? ['csv', 'ndjson', 'parquet'] : []).map(
        (format) =>
          html`<li>
            Every latent of every layer, ${format.toUpperCase()}:
            <a href="${experimentPath(id)}/export?format=${format}" download>trained SAEs</a>,
            <a href="${experimentPath(id)}/export?format=${format}&variant=${variants}" download>with all controls</a>
          </li>`,
      )}
      <li><a href="${experimentPath(id)}/layers">Layer report, JSON</a></li>
      <li><a href=${experimentPath(id)}>This experiment, JSON</a></li>
    </ul>
  </details>`;
}

function progress(experiment) {
  if (experiment.state === 'SUCCEEDED') {
    return html`<p class="facts">${subject(experiment.spec)}. ${facts(experiment)}</p>
      <details class="fold">
        <summary>Steps and how long they took</summary>
        ${times(experiment)}
      </details>`;
  }
  return html`<section class="progress" aria-label="Progress">
    ${experiment.error ? why(experiment.error) : nothing}
    <p class="facts" role="status">${facts(experiment)}</p>
    ${bar(experiment.progress, 'Progress of the experiment')} ${stagesPart(experiment.stages)}
  </section>`;
}

const why = (error) =>
  html`<div class="callout bad" role="alert">
    <strong>${error.detail}</strong> <code>${error.code}</code>
    <p>
      What is finished is kept: once the cause is gone, <b>Retry</b> goes on from there. To change the document, use
      <b>Copy</b>.
    </p>
  </div>`;

const times = (experiment) =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Steps">
    <table class="report">
      <thead>
        <tr>
          <th scope="col">step</th>
          <th scope="col">layer</th>
          <th scope="col">amount</th>
          <th scope="col">time</th>
        </tr>
      </thead>
      <tbody>
        ${experiment.stages.map(
          (stage) =>
            html`<tr>
              <th scope="row">
                ${stage.kind.toLowerCase().replaceAll('_', ' ')}${stage.variant ? `, ${dictionaryName(stage)}` : ''}
              </th>
              <td>${stage.layer ?? ''}</td>
              <td>${count(stage.done)} ${stage.unit}</td>
              <td>${duration(secondsBetween(stage.startedAt, stage.finishedAt))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

function results(state, actions) {
  const { layers } = state;
  if (!layers) return state.experiment.state === 'QUEUED' ? nothing : loading('the layer report');
  if (layers.length === 0) {
    return isFinished(state.experiment)
      ? html`<p class="empty">No layer was scored before it stopped.</p>`
      : html`<p class="empty">The plot appears here as soon as the first layer is scored.</p>`;
  }
  const layer = chosen(state);
  const measureId = state.route.query.measure;
  return html`${reportPart(state, layer, actions)}
    <p><a class="button" href=${treeAddress(state.experiment.id)}>Which synsets do the layers know? The tree</a></p>
    ${actions.curve.draw(layer, measureId, state.width)} ${actions.relations.draw(state, layer, actions.address)}
    ${actions.latents.draw(layer)} ${actions.image.draw()}`;
}

const settings = (experiment) =>
  html`<details class="fold">
    <summary>The document, with every default filled in</summary>
    <p class="facts">Submitted ${time(experiment.createdAt)}. Seed ${experiment.spec.seed ?? 0}.</p>
    <pre>${JSON.stringify(experiment.spec, (_, value) => value ?? undefined, 2)}</pre>
  </details>`;

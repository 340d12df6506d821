// A new experiment: one document, checked by the gateway field by field.
import { html, nothing, render } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { experimentPath, get, post, upload } from './api.js';
import { count, percent } from './format.js';
import { problemBox } from './parts.js';

// Resize and crop of DINOv2, DeiT and most timm models; a person changes it for another recipe.
const PREPROCESSING = {
  resize: { mode: 'SHORTEST_SIDE', size: 256, filter: 'BICUBIC' },
  crop: { mode: 'CENTER', width: 224, height: 224 },
  colorOrder: 'RGB',
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};
const EMPTY = { name: '', model: {}, dataset: {}, sae: { k: 32, expansion: 8, steps: 2000 }, seed: 0 };

export function submitView(root, route) {
  document.title = 'New experiment · Taxoscope';
  const state = {
    text: pretty(EMPTY),
    models: [],
    datasets: [],
    problem: null,
    sending: null,
    busy: false,
    key: newKey(),
  };
  const draw = () => render(page(state, { edit, pick, send, submit, locate }), root);

  const edit = (text) => {
    Object.assign(state, { text, problem: null, key: newKey() });
    draw();
  };
  const change = (part, value) => {
    try {
      edit(pretty({ ...JSON.parse(state.text), [part]: value }));
    } catch {
      state.problem = new Error(
        'The document is not JSON now, so nothing can be put into it. Correct or clear it first.',
      );
      draw();
    }
  };
  const pick = (part, id) => id && change(part, { id });
  const send = async (part, file) => {
    if (!file) return;
    try {
      const { sha256 } = await upload(file, (share) => {
        state.sending = `${file.name}: ${percent(share)} sent`;
        draw();
      });
      const named = { name: file.name.replace(/\.[^.]+$/, ''), source: { upload: sha256 } };
      change(
        part,
        part === 'model'
          ? { ...named, preprocessing: PREPROCESSING }
          : { ...named, layout: 'AUTO', onBadImage: 'SKIP' },
      );
    } catch (problem) {
      state.problem = problem;
    }
    state.sending = null;
    draw();
  };
  const submit = async (event) => {
    event.preventDefault();
    Object.assign(state, { busy: true, problem: null });
    draw();
    const type = state.text.trimStart().startsWith('{') ? 'application/json' : 'application/yaml';
    try {
      const headers = { 'content-type': type, 'idempotency-key': state.key };
      const experiment = await post('/api/v1/experiments', { body: state.text, headers });
      location.hash = `#/experiments/${encodeURIComponent(experiment.id)}`;
      return;
    } catch (problem) {
      state.problem = problem;
    }
    state.busy = false;
    draw();
  };
  const locate = (field) => select(root.querySelector('textarea'), field);

  draw();
  if (route.query.from) {
    get(experimentPath(route.query.from)).then(
      ({ spec }) => edit(pretty(again(spec))),
      (problem) => {
        state.problem = problem;
        draw();
      },
    );
  }
  Promise.all([get('/api/v1/models'), get('/api/v1/datasets')]).then(
    ([models, datasets]) => {
      Object.assign(state, { models: models.items, datasets: datasets.items });
      draw();
    },
    (problem) => {
      state.problem = problem;
      draw();
    },
  );
  return { update: () => {}, leave: () => {} };
}

/** What a registered model or dataset was made from is not needed to name it again. */
function again(spec) {
  const reference = (part) => (part.id ? { id: part.id } : part);
  return {
    ...spec,
    name: `${spec.name} (again)`,
    model: reference(spec.model),
    dataset: { ...reference(spec.dataset), labels: spec.dataset.labels },
  };
}

const pretty = (document) => JSON.stringify(document, (_, value) => (value === null ? undefined : value), 2);

/** The same key until the document changes: a second click starts nothing twice. `randomUUID` wants HTTPS, this doesn't. */
const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Selects the key that a path such as `sae.schedule.decay` names, as far as the text has it. */
function select(area, field) {
  let at = 0;
  let found = null;
  for (const name of field.split(/[.[\]]+/).filter((part) => part && !/^\d+$/.test(part))) {
    const next = area.value.indexOf(`"${name}"`, at);
    if (next < 0) break;
    found = [next, next + name.length + 2];
    at = found[1];
  }
  area.focus();
  if (found) area.setSelectionRange(...found);
}

const page = (state, actions) => html`
  <h1>New experiment</h1>
  <p class="lead">
    One document says it all; whatever is left out takes a default that the answer echoes. JSON or YAML, also by
    <code>POST /api/v1/experiments</code>.
  </p>
  ${state.problem ? refusal(state.problem, actions.locate) : nothing}
  <form class="submit" @submit=${actions.submit}>
    <div class="sources">
      ${source(
        'model',
        'Model',
        'an ONNX file',
        '.onnx',
        state.models,
        actions,
        (model) => `${model.name} (${model.taps.length} taps)`,
      )}
      ${source(
        'dataset',
        'Images',
        'a tar of class folders',
        '.tar,.csv,.jsonl',
        state.datasets,
        actions,
        (set) => `${set.name} (${count(set.nImages)} images)`,
      )}
      <p class="facts" role="status">${state.sending ?? ''}</p>
    </div>
    <div class="document">
      <label for="document">Experiment document</label>
      <textarea
        id="document"
        spellcheck="false"
        autocomplete="off"
        .value=${live(state.text)}
        @input=${(event) => actions.edit(event.target.value)}
      ></textarea>
      <div class="actions">
        <button class="primary" ?disabled=${state.busy}>${state.busy ? 'Checking…' : 'Check and start'}</button>
        <a class="button quiet" href="#/">Back</a>
      </div>
    </div>
  </form>
`;

const source = (part, title, file, accept, registered, actions, describe) =>
  html`<fieldset>
    <legend>${title}</legend>
    <label>
      Registered before
      <select @change=${(event) => actions.pick(part, event.target.value)}>
        <option value="">${registered.length ? 'choose…' : 'none yet'}</option>
        ${registered.map((item) => html`<option value=${item.id}>${describe(item)}</option>`)}
      </select>
    </label>
    <label>
      or send ${file}
      <input type="file" accept=${accept} @change=${(event) => actions.send(part, event.target.files[0])} />
    </label>
  </fieldset>`;

function refusal(problem, locate) {
  if (!problem.errors?.length) return problemBox(problem);
  return html`<div class="callout bad" role="alert">
    <strong
      >${problem.errors.length === 1 ? 'One field is' : `${problem.errors.length} fields are`} wrong; nothing was
      started.</strong
    >
    <ul class="fields">
      ${problem.errors.map(
        ({ field, message }) =>
          html`<li>
            <button type="button" class="link" @click=${() => locate(field)}><code>${field}</code></button> ${message}
          </li>`,
      )}
    </ul>
  </div>`;
}

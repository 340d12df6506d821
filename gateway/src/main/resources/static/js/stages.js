// What an experiment is doing: steps of the whole experiment, then a row of steps for each layer.
import { html, nothing } from 'lit-html';
import { dictionaryName } from './dictionaries.js';
import { count, percent } from './format.js';
import { stateSign, stateWord } from './parts.js';

const NAMES = {
  REGISTER_MODEL: 'Register the model',
  REGISTER_DATASET: 'Read the images',
  RESOLVE_LABELS: 'Map labels to synsets',
  EXTRACT: 'Extract activations',
  TRAIN: 'train',
  ENCODE: 'encode',
  SCORE: 'score',
  RELATE: 'relate',
  COMPARE_SEEDS: 'compare',
  FOLLOW: 'follow',
};

const share = (stage) => (stage.state === 'SUCCEEDED' ? 1 : stage.total > 0 ? stage.done / stage.total : 0);

const describe = (stage) =>
  `${NAMES[stage.kind]}${stage.layer ? ` ${stage.layer}, ${dictionaryName(stage)}` : ''}: ${stateWord(stage.state)}` +
  (stage.total > 0 ? `, ${count(stage.done)} of ${count(stage.total)} ${stage.unit}` : '');

const sign = (stage) => (stage.state === 'RUNNING' && stage.total > 0 ? percent(share(stage)) : stateSign(stage.state));

const step = (stage) =>
  html`<li class="step ${stage.state.toLowerCase()}" style="--share:${share(stage)}">
    <span class="sign" aria-hidden="true">${stateSign(stage.state)}</span>
    <span>${NAMES[stage.kind]}</span>
    <span class="amount"
      >${stateWord(stage.state)}${stage.total > 1
        ? html` · ${count(stage.done)} / ${count(stage.total)} ${stage.unit}`
        : nothing}</span
    >
  </li>`;

const cell = (stage) =>
  stage
    ? html`<td class="cell ${stage.state.toLowerCase()}" style="--share:${share(stage)}" data-tip=${describe(stage)}>
        ${sign(stage)}
      </td>`
    : html`<td></td>`;

function layerTable(stages) {
  const layers = [...new Set(stages.map((stage) => stage.layer))];
  const columns = [...new Map(stages.map((stage) => [`${dictionaryName(stage)}/${stage.kind}`, stage])).values()];
  const groups = [...Map.groupBy(columns, dictionaryName)];
  const find = (layer, { kind, variant, step }) =>
    stages.find((at) => at.layer === layer && at.kind === kind && at.variant === variant && at.step === step);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Steps of each layer">
    <table class="stages">
      <thead>
        <tr>
          <th rowspan="2" scope="col">layer</th>
          ${groups.map(([name, kinds]) => html`<th colspan=${kinds.length} scope="colgroup">${name}</th>`)}
        </tr>
        <tr>
          ${columns.map(({ kind }) => html`<th scope="col">${NAMES[kind]}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${layers.map(
          (layer) =>
            html`<tr>
              <th scope="row">${layer}</th>
              ${columns.map((column) => cell(find(layer, column)))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

export function stagesPart(stages) {
  const whole = stages.filter((stage) => !stage.layer);
  const ofLayers = stages.filter((stage) => stage.layer);
  return html`<ol class="steps">
      ${whole.map(step)}
    </ol>
    ${ofLayers.length ? layerTable(ofLayers) : nothing}`;
}

/** The step that is being worked on, in words; null when none is. */
export function present(stages) {
  const running = stages.find((stage) => stage.state === 'RUNNING');
  return running ? describe(running) : null;
}

// The layer report in figures: what the plots draw, and what they leave out.
import { html } from 'lit-html';
import { count, number } from './format.js';
import { MEASURES, RECONSTRUCTION } from './measures.js';
import { explained } from './parts.js';

const COLUMNS = {
  trained: ['trained', 'the trained SAE; means are over the eligible latents'],
  interval: ['95 % interval', 'bootstrap interval of the mean'],
  chance: ['chance', 'the same number of latents with random images'],
  untrained: ['untrained', 'an SAE of the same shape with its initial weights'],
  permuted: ['permuted', 'the trained SAE under shuffled labels'],
};

const interval = (measure, report) => {
  const [low, high] = measure.interval(report);
  return low === null || low === undefined ? '–' : `${measure.format(low)} to ${measure.format(high)}`;
};

const columnsOf = (measure) => Object.keys(COLUMNS).filter((key) => measure[key]);

const cellOf = (measure, key, report) =>
  key === 'interval' ? interval(measure, report) : measure.format(measure[key](report) ?? null);

export function layerTable(reports, { measureId, chosen, link }) {
  const isReconstruction = measureId === 'reconstruction';
  const groups = isReconstruction
    ? RECONSTRUCTION
    : [MEASURES.find((measure) => measure.id === measureId) ?? MEASURES[0]];
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The layer report as a table">
    <table class="report">
      <thead>
        <tr>
          <th scope="col">layer</th>
          <th scope="col">depth</th>
          <th scope="col">${explained('images', 'images of the dataset that every number of the row is over')}</th>
          <th scope="col">
            ${explained('eligible', 'latents that fire on enough images to be scored, of all latents')}
          </th>
          ${groups.map((measure) => columnsOf(measure).map((key) => head(measure, key, isReconstruction)))}
          <th scope="col">FVU</th>
          <th scope="col">files</th>
        </tr>
      </thead>
      <tbody>
        ${reports.map(
          (report) =>
            html`<tr class=${report.layer === chosen ? 'chosen' : ''}>
              <th scope="row"><a href=${link(report)}>${report.layer}</a></th>
              <td>${report.depth}</td>
              <td>${count(report.hierarchy.nExamples)}</td>
              <td>${count(report.hierarchy.nEligible)} / ${count(report.hierarchy.nLatents)}</td>
              ${groups.map((measure) =>
                columnsOf(measure).map((key) => html`<td class=${key}>${cellOf(measure, key, report)}</td>`),
              )}
              <td>${number(report.sae.fvu, 3)}</td>
              <td class="files">${files(report)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

const head = (measure, key, isReconstruction) =>
  html`<th scope="col">
    ${isReconstruction && key === 'trained'
      ? explained(measure.title, measure.axis)
      : explained(isReconstruction ? `${measure.title}, untrained` : COLUMNS[key][0], COLUMNS[key][1])}
  </th>`;

const files = (report) => html`
  <a
    href="/api/v1/saes/${report.saeId}/sae_weights.safetensors"
    data-tip="The SAE's weights, in the SAELens layout"
    download
    >weights</a
  >
  <a href="/api/v1/saes/${report.saeId}/cfg.json" data-tip="The configuration that belongs to the weights">cfg</a>
  <a href="/api/v1/shard-sets/${report.shardSet}" data-tip="Manifest of the activations (safetensors shards)"
    >activations</a
  >
`;

/** One sentence with the numbers that matter, without a verdict. */
export function finding(reports, measure, isComplete) {
  const last = reports.at(-1);
  const first = reports[0];
  const said = (label, value) => (value === null || value === undefined ? [] : [`${measure.format(value)} ${label}`]);
  const beside = [
    ...said('by chance', measure.chance?.(last)),
    ...said('for the untrained SAE', measure.untrained?.(last)),
    ...said('under permuted labels', measure.permuted?.(last)),
  ];
  const before = first === last ? '' : ` At ${first.layer} it is ${measure.format(measure.trained(first))}.`;
  const place = isComplete ? 'the deepest layer' : 'the deepest layer scored so far';
  return `At ${last.layer}, ${place}, it is ${measure.format(measure.trained(last))}${
    beside.length ? `; ${beside.join(', ')}` : ''
  }.${before}`;
}

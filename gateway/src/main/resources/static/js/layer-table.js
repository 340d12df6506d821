// The layer report in figures: every control beside the trained SAE, and whether the two can be told apart.
import { html, nothing } from 'lit-html';
import { count, number } from './format.js';
import { RECONSTRUCTION } from './measures.js';
import { explained } from './parts.js';
import { shortNames } from './plot.js';
import { isNumber, margin, reading, seriesOf, valueOf, verdict } from './reports.js';

const SIGNS = {
  better: ['✓', 'told apart', 'The interval of the margin lies on the side where more was learned.'],
  alike: [
    '≈',
    'not told apart',
    'The interval of the margin holds 0: here the score does not tell trained from untrained.',
  ],
  worse: ['✕', 'untrained ahead', 'The untrained SAE scores better: here the score says nothing about learning.'],
  unknown: ['', '', ''],
};

export function layerTable(reports, options) {
  const { measure, chosen, link } = options;
  const parts = measure ? hierarchyColumns(reports, measure) : reconstructionColumns(reports);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="The layer report as a table">
    <table class="report">
      <thead>
        <tr>
          <th scope="col">layer</th>
          <th scope="col">
            ${explained(
              'eligible',
              'latents of the trained SAE that fire on enough images to be scored, of all latents',
            )}
          </th>
          ${parts.map(({ head }) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${reports.map(
          (report) =>
            html`<tr class=${report.layer === chosen ? 'chosen' : ''}>
              <th scope="row"><a href=${link(report)}>${report.layer}</a></th>
              <td>${count(report.hierarchy.nEligible)} / ${count(report.hierarchy.nLatents)}</td>
              ${parts.map(({ id, cell }) => html`<td class=${id}>${cell(report)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function hierarchyColumns(reports, measure) {
  const [trained, ...others] = seriesOf(reports, measure);
  const controls = others.map((series) => ({
    id: series.id,
    head: explained(series.head, series.tip),
    cell: (report) => measure.format(valueOf(report, measure, series)),
  }));
  const hasMargin = reports.some((report) => margin(report, measure));
  return [
    ...(trained ? [trainedColumn(measure, trained)] : []),
    ...controls,
    ...(hasMargin ? [marginColumn(measure)] : []),
    ...(hasMargin && measure.hasVerdict !== false ? [verdictColumn(measure)] : []),
    {
      id: 'fvu',
      head: explained('FVU', 'variance of the activations that the trained SAE leaves unexplained'),
      cell: (report) => number(report.sae.fvu, 3),
    },
  ];
}

/** The mean with its interval below it. */
const trainedColumn = (measure, { id, head, tip }) => ({
  id,
  head: explained(
    head,
    `${tip}; below it the 95 % bootstrap interval of its mean, which is about other latents, not other seeds`,
  ),
  cell: (report) => {
    const found = reading(report, measure);
    return html`${measure.format(found.mean)}
    ${isNumber(found.ciLow) ? html`<small>${range(measure, found)}</small>` : nothing}`;
  },
});

const range = (measure, { ciLow, ciHigh }) => `${measure.format(ciLow)} to ${measure.format(ciHigh)}`;

const marginColumn = (measure) => ({
  id: 'margin',
  head: explained('trained − untrained', 'difference of the two means, with its 95 % interval'),
  cell: (report) => {
    const found = margin(report, measure);
    if (!found) return '–';
    return html`${signed(measure, found.difference)}
    ${isNumber(found.ciLow)
      ? html`<small>${signed(measure, found.ciLow)} to ${signed(measure, found.ciHigh)}</small>`
      : nothing}`;
  },
});

const verdictColumn = (measure) => ({
  id: 'verdict',
  head: 'told apart?',
  cell: (report) => {
    const found = verdict(measure, margin(report, measure));
    const [sign, words, tip] = SIGNS[found];
    return sign
      ? html`<span class="sign ${found}" tabindex="0" data-tip=${tip}><b aria-hidden="true">${sign}</b> ${words}</span>`
      : '–';
  },
});

/** A difference always shows its sign. */
export const signed = (measure, value) => (value < 0 ? `−${measure.format(-value)}` : `+${measure.format(value)}`);

const reconstructionColumns = (reports) =>
  RECONSTRUCTION.flatMap((measure) =>
    seriesOf(reports, measure).map((series) => ({
      id: series.id,
      head: explained(series.id === 'trained' ? measure.title : `${measure.title}, ${series.head}`, measure.axis),
      cell: (report) => measure.format(valueOf(report, measure, series)),
    })),
  );

/** What belongs to one layer as files. */
export const files = (report) =>
  html`<p class="files facts">
    ${report.layer}, ${count(report.hierarchy.nExamples)} images:
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
  </p>`;

/** One sentence with the numbers that matter, without a verdict. */
export function finding(reports, measure, isComplete) {
  const last = reports.at(-1);
  const first = reports[0];
  const said = (label, value) => (isNumber(value) ? [`${measure.format(value)} ${label}`] : []);
  const { mean, chance, control, permuted } = reading(last, measure);
  const of = (variant) => reading(last, measure, variant).mean;
  const beside = [
    ...said('by chance', chance),
    ...said('under its control', control),
    ...said('under permuted labels', permuted),
    ...said('for the untrained SAE', of('UNTRAINED')),
    ...said('for neurons', of('NEURONS')),
    ...said('for PCA', of('PCA')),
  ];
  const before = first === last ? '' : ` At ${first.layer} it is ${measure.format(reading(first, measure).mean)}.`;
  const place = measure.place ?? (isComplete ? 'the deepest layer' : 'the deepest layer scored so far');
  return `At ${last.layer}, ${place}, it is ${measure.format(mean)}${beside.length ? `; ${beside.join(', ')}` : ''}.${before}`;
}

/** Said plainly where a score does not tell trained from untrained. */
export function warning(reports, measure) {
  const failing = reports.filter((report) => ['alike', 'worse'].includes(verdict(measure, margin(report, measure))));
  if (failing.length === 0) return nothing;
  const names = shortNames(reports);
  const where =
    failing.length === reports.length
      ? 'any layer'
      : `${failing.length === 1 ? 'layer' : 'layers'} ${failing.map((report) => names[reports.indexOf(report)]).join(', ')}`;
  return html`<p class="callout warning">
    <b aria-hidden="true">≈</b> <b>${measure.tab} does not tell trained from untrained</b> at ${where}: read it as no
    evidence there that training found this.
  </p>`;
}

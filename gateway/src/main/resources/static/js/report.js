// The layer report: a measure to choose, its plot, what it means, one layer's distribution, the figures.
import { html, nothing } from 'lit-html';
import { count } from './format.js';
import { histogram } from './histogram.js';
import { files, finding, layerTable, warning } from './layer-table.js';
import { HEADLINES, RECONSTRUCTION, RECONSTRUCTION_MEANING, bins, measureOf } from './measures.js';
import { depthPlot, legend, readout } from './plot.js';
import { reading } from './reports.js';
import { GROUPS } from './scores.js';

const ASIDE = 320;
const WIDE = 960;

export function reportPart(state, layer, { address, onPoint }) {
  const measureId = state.route.query.measure ?? HEADLINES[0];
  const measure = measureId === 'reconstruction' ? null : measureOf(measureId);
  const link = (report) => address({ layer: report.layer });
  const isWide = state.width >= WIDE;
  const plotWidth = Math.max(280, isWide ? state.width - ASIDE - 32 : state.width);
  const options = { chosen: layer.layer, link, onPoint, width: plotWidth, height: isWide ? 500 : 340 };
  const body = measure
    ? hierarchy(state, layer, measure, options, isWide)
    : reconstruction(state, layer, options, isWide);
  return html`<section class="layers" aria-label="Layer report">
    <h2>Layers</h2>
    ${choice(measureId, address)} ${notes(state.layers)} ${body}
    ${layerTable(state.layers, { measure, chosen: layer.layer, link })} ${files(layer)}
  </section>`;
}

/** The headlines as tabs, every other score in a list. */
function choice(measureId, address) {
  const tab = (id, name) =>
    html`<a href=${address({ measure: id })} aria-current=${id === measureId ? 'true' : 'false'}>${name}</a>`;
  const isOther = measureId !== 'reconstruction' && !HEADLINES.includes(measureId);
  return html`<nav class="tabs" aria-label="Measure">
    ${HEADLINES.map((id) => tab(id, measureOf(id).tab))} ${tab('reconstruction', 'Reconstruction')}
    <select
      class=${isOther ? 'chosen' : ''}
      aria-label="Another score"
      @change=${(event) => event.target.value && (location.hash = address({ measure: event.target.value }))}
    >
      <option value="" ?selected=${!isOther}>another score…</option>
      ${GROUPS.map(
        ([group, scores]) =>
          html`<optgroup label=${group}>
            ${scores
              .filter(([id]) => !HEADLINES.includes(id))
              .map(([id, { name }]) => html`<option value=${id} ?selected=${id === measureId}>${name}</option>`)}
          </optgroup>`,
      )}
    </select>
  </nav>`;
}

/** What must be known before the numbers are used; said once, however many layers it holds for. */
function notes(layers) {
  const layersOf = new Map();
  for (const { layer, hierarchy } of layers) {
    for (const note of hierarchy.notes) layersOf.set(note, [...(layersOf.get(note) ?? []), layer]);
  }
  return [...layersOf].map(
    ([note, names]) =>
      html`<p class="callout"><b>${names.length === layers.length ? 'All layers' : names.join(', ')}:</b> ${note}</p>`,
  );
}

const hierarchy = (state, layer, measure, options, isWide) => html`
  <p class="finding">
    <b>${measure.tab}.</b> ${finding(state.layers, measure, state.experiment.state === 'SUCCEEDED')}
  </p>
  ${warning(state.layers, measure)}
  <div class=${isWide ? 'figure wide' : 'figure'}>
    <div class="canvas">
      ${legend(state.layers, measure)} ${depthPlot(state.layers, measure, options)}
      ${readout(state.pointed, measure, options.width)}
    </div>
    <div class="aside">
      ${distribution(layer, measure, isWide ? ASIDE : options.width)}
      <div class="meaning">${measure.meaning.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
    </div>
  </div>
`;

function distribution(layer, measure, width) {
  if (measure.id === 'COVERAGE') return coverageByDepth(layer, width);
  const { histogram: trained, chance } = reading(layer, measure);
  const outline = bins(reading(layer, measure, 'UNTRAINED').histogram);
  if (!trained?.counts.length) return nothing;
  return html`<h3>${layer.layer}: ${count(layer.hierarchy.nEligible)} eligible latents</h3>
    ${histogram(bins(trained), { outline, mark: chance, axis: measure.tab, width })}
    <p class="facts">
      Filled: trained.${outline ? ' Outline: untrained.' : ''}
      ${chance === undefined ? '' : 'Dotted line: chance mean.'}
    </p>`;
}

/** Share of reachable synsets that are covered, by their depth below the root. */
function coverageByDepth(layer, width) {
  const levels = layer.hierarchy.coverage.byDepth
    .map(({ depth, shares }) => ({ depth, ...shares.reachable }))
    .filter(({ denominator }) => denominator > 0);
  const shares = levels.map(({ depth, covered, denominator }) => ({
    from: depth,
    to: depth + 1,
    count: (100 * covered) / denominator,
  }));
  const { covered, denominator } = layer.hierarchy.coverage.reachable;
  return html`<h3>${layer.layer}: ${count(covered)} of ${count(denominator)} reachable synsets</h3>
    ${histogram(shares, { axis: 'depth below the root', unit: '% of the synsets at this depth', width })}
    <p class="facts">Per cent covered at each depth of the hierarchy: general synsets left, specific ones right.</p>`;
}

function reconstruction(state, layer, options, isWide) {
  const width = isWide ? Math.floor((state.width - 48) / 3) : options.width;
  return html`
    ${RECONSTRUCTION_MEANING.map((paragraph) => html`<p class="finding">${paragraph}</p>`)}
    ${legend(state.layers, RECONSTRUCTION[0])}
    <div class="triple">
      ${RECONSTRUCTION.map(
        (measure) =>
          html`<div class="canvas">
            ${depthPlot(state.layers, measure, { ...options, width, height: 240, isSmall: true })}
          </div>`,
      )}
    </div>
    <h3>${layer.layer}: how often its latents fire</h3>
    ${histogram(densityBins(layer.sae.log10Density), {
      axis: 'log10 of the share of images that activate a latent',
      width: Math.min(options.width, 640),
    })}
    <p class="facts">Latents that never fire are left out here; they are the dead ones above.</p>
  `;
}

const densityBins = ({ edges, counts }) =>
  counts.map((amount, i) => ({ from: edges[i], to: edges[i + 1], count: amount }));

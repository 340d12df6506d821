// How a layer's scores grew while its SAE was trained: the chosen measure at the checkpoints.
import { html, nothing, svg } from 'lit-html';
import { experimentPath, get } from './api.js';
import { count } from './format.js';
import { measureOf } from './measures.js';
import { loading, problemBox } from './parts.js';
import { isNumber } from './reports.js';

const { area, line, max, scaleLinear } = window.d3;

const HEIGHT = 260;
const MARGIN = { top: 34, right: 24, bottom: 46, left: 54 };

/** Fetches the curve of the layer that is looked at, once each. */
export function curvePart(id, draw) {
  const curves = new Map();
  const load = async (layer) => {
    curves.set(layer, {});
    try {
      curves.set(layer, { curve: await get(`${experimentPath(id)}/curve`, { layer }) });
    } catch (problem) {
      curves.set(layer, { problem });
    }
    draw();
  };
  return {
    choose: (layer, experiment) => {
      if (experiment.spec.curve?.length && layer && !curves.has(layer.layer)) load(layer.layer);
    },
    draw: (layer, measureId, width) => {
      const found = curves.get(layer.layer);
      if (!found) return nothing;
      return html`<section class="learning" aria-label="Learning curve">
        <h2>While ${layer.layer} was learned</h2>
        ${found.problem
          ? problemBox(found.problem, () => load(layer.layer))
          : found.curve
            ? figure(found.curve, measureOf(measureId), width)
            : loading('the learning curve')}
      </section>`;
    },
  };
}

function figure(curve, measure, width) {
  const points = curve.points
    .map((point) => ({ ...point, ...measure.read(point) }))
    .filter(({ mean }) => isNumber(mean));
  if (points.length < 2) return html`<p class="empty">Too few checkpoints are scored yet for a curve.</p>`;
  const [first, last] = [points[0], points.at(-1)];
  return html`<p class="finding">
      <b>${measure.tab}</b> at ${points.length} moments of the training: ${measure.format(first.mean)} at step
      ${count(first.step)}, ${measure.format(last.mean)} at step ${count(last.step)}.
    </p>
    ${plot(curve, points, measure, Math.min(width, 760))}
    <details class="fold">
      <summary>The same as a table</summary>
      ${table(points, measure)}
    </details>`;
}

function plot(curve, points, measure, width) {
  const x = scaleLinear([0, curve.steps], [MARGIN.left, width - MARGIN.right]);
  const tops = points.flatMap(({ mean, ciHigh, chance, permuted }) => [mean, ciHigh, chance, permuted]);
  const y = scaleLinear([0, max(tops.filter(isNumber)) || 1], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const path = (key) => {
    const known = points.filter((point) => isNumber(point[key]));
    return known.length > 1 ? line()(known.map((point) => [x(point.step), y(point[key])])) : null;
  };
  const interval = area()
    .x(({ step }) => x(step))
    .y0(({ ciLow }) => y(ciLow))
    .y1(({ ciHigh }) => y(ciHigh));
  return html`<svg
      class="plot curve"
      width=${width}
      height=${HEIGHT}
      viewBox="0 0 ${width} ${HEIGHT}"
      role="img"
      aria-label="${measure.axis} against training steps: ${points
        .map(({ step, mean }) => `${measure.format(mean)} at step ${step}`)
        .join(', ')}"
    >
      ${y.ticks(4).map(
        (tick) => svg`<path class="grid" d="M${MARGIN.left} ${y(tick)}H${width - MARGIN.right}" />
        <text class="tick" x=${MARGIN.left - 8} y=${y(tick)} dy="0.35em" text-anchor="end">${y.tickFormat(4, measure.ticks)(tick)}</text>`,
      )}
      ${x
        .ticks(6)
        .map(
          (tick) =>
            svg`<text class="tick" x=${x(tick)} y=${HEIGHT - MARGIN.bottom + 20} text-anchor="middle">${count(tick)}</text>`,
        )}
      <text class="axis" x="4" y="14">${measure.axis}</text>
      <text class="axis" x=${(MARGIN.left + width - MARGIN.right) / 2} y=${HEIGHT - 6} text-anchor="middle">
        training steps
      </text>
      <path class="uncertain" d=${interval(points.filter(({ ciLow }) => isNumber(ciLow))) ?? ''} />
      ${['chance', 'permuted'].map((key) =>
        path(key) ? svg`<g class="series ${key}"><path class="line" d=${path(key)} /></g>` : nothing,
      )}
      <g class="series trained">
        <path class="line" d=${path('mean') ?? ''} />
        ${points.map(
          ({ step, mean }) =>
            svg`<circle cx=${x(step)} cy=${y(mean)} r="4.5" data-tip=${`step ${count(step)}: ${measure.format(mean)}`} />`,
        )}
      </g>
    </svg>
    <p class="facts">
      Line and shade: the SAE with its 95 % interval. Dots: permuted labels. Grey: chance for as many latents as are
      eligible at that step.
    </p>`;
}

const table = (points, measure) =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Learning curve as a table">
    <table class="report narrow">
      <thead>
        <tr>
          ${['step', 'eligible', measure.tab, 'chance', 'permuted', 'FVU'].map(
            (head) => html`<th scope="col">${head}</th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${points.map(
          ({ step, hierarchy, mean, chance, permuted, sae }) =>
            html`<tr>
              <th scope="row">${count(step)}</th>
              <td>${count(hierarchy.nEligible)}</td>
              ${[mean, chance, permuted].map((value) => html`<td>${measure.format(value)}</td>`)}
              <td>${sae.fvu.toFixed(3)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

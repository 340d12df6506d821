// A measure against depth: lines with marks, a chance band, and a column to choose for each layer.
import { html, nothing, svg } from 'lit-html';
import { isNumber, reading, seriesOf, valueOf, values } from './reports.js';

const { extent, line, area, max, scaleLinear } = window.d3;

const NARROW = 620;
const LABEL_GAP = 17;

/** What tells the layers' names apart: blocks.3.resid_post is “3” among its like, “3 post” beside blocks.3.resid_mid. */
export function shortNames(reports) {
  const parts = reports.map((report) => report.layer.split(/[._/]/));
  const alike = parts.every((words) => words.length === parts[0].length);
  if (!alike || parts.length === 1) return reports.map((report) => report.layer);
  const differing = parts[0].map((word, i) => parts.some((words) => words[i] !== word));
  return parts.map((words) => words.filter((_, i) => differing[i]).join(' '));
}

/** Layers by depth; by their order where two have the same depth. */
function positions(reports) {
  const depths = reports.map((report) => report.depth);
  return new Set(depths).size === depths.length ? depths : reports.map((_, index) => index);
}

function layout(reports, measure, width, height, isLabelled) {
  const margin = { top: width < NARROW ? 50 : 34, right: isLabelled ? 128 : 18, bottom: 46, left: 54 };
  const at = positions(reports);
  const [first, last] = extent(at);
  const pad = Math.max(0.5, (last - first) * 0.04);
  const x = scaleLinear([first - pad, last + pad], [margin.left, width - margin.right]);
  const heights = reports.flatMap((report) => {
    const { ciLow, ciHigh } = reading(report, measure);
    const [level, spread] = bandOf(reading(report, measure));
    return [...values(report, measure).map(({ value }) => value), ciLow, ciHigh, (level ?? 0) + (spread ?? 0)];
  });
  const floor = Math.min(0, ...heights.filter(isNumber));
  const y = scaleLinear([floor, max(heights.filter(isNumber)) || 1], [height - margin.bottom, margin.top]).nice(5);
  return { margin, at, x, y, width, height };
}

const speak = (report, measure) =>
  `${report.layer}: ` +
  values(report, measure)
    .map(({ series, value }) => `${series.name} ${measure.format(value)}`)
    .join(', ');

const MARKS = {
  trained: (x, y) => svg`<circle cx=${x} cy=${y} r="4.5" />`,
  untrained: (x, y) => svg`<rect x=${x - 4} y=${y - 4} width="8" height="8" />`,
  permuted: (x, y) => svg`<path d="M${x} ${y - 5} l5 9 h-10 z" />`,
  neurons: (x, y) => svg`<path d="M${x} ${y - 6} l6 6 l-6 6 l-6 -6 z" />`,
  pca: (x, y) => svg`<path class="stroke" d="M${x - 4.5} ${y - 4.5} l9 9 m0 -9 l-9 9" />`,
  second: (x, y) => svg`<circle class="hollow" cx=${x} cy=${y} r="4" />`,
  control: (x, y) => svg`<path d="M${x} ${y + 5} l5 -9 h-10 z" />`,
  chance: () => nothing,
};

function seriesLine(series, reports, measure, frame) {
  const { id } = series;
  const points = reports
    .map((report, index) => [frame.x(frame.at[index]), valueOf(report, measure, series)])
    .filter(([, value]) => isNumber(value))
    .map(([x, value]) => [x, frame.y(value)]);
  if (points.length === 0) return nothing;
  return svg`<g class="series ${id}">
    <path class="line" d=${line()(points)} />
    ${points.map(([x, y]) => MARKS[id](x, y))}
  </g>`;
}

/** What the band lies around, and how wide it is to either side. */
const bandOf = ({ chance, chanceSd, control, controlSd }) =>
  isNumber(chance) ? [chance, chanceSd] : [control, controlSd];

function chanceBand(reports, measure, frame) {
  const points = reports
    .map((report, index) => {
      return [frame.x(frame.at[index]), ...bandOf(reading(report, measure))];
    })
    .filter(([, level, spread]) => isNumber(level) && isNumber(spread));
  if (points.length === 0) return nothing;
  const reach = points.length === 1 ? 24 : 0;
  const band = points.flatMap(([x, ...rest]) =>
    reach
      ? [
          [x - reach, ...rest],
          [x + reach, ...rest],
        ]
      : [[x, ...rest]],
  );
  const shape = area()
    .x(([x]) => x)
    .y0(([, level, spread]) => frame.y(Math.max(frame.y.domain()[0], level - spread)))
    .y1(([, level, spread]) => frame.y(level + spread));
  return svg`<path class="band" d=${shape(band)} />`;
}

const intervals = (reports, measure, frame) =>
  reports.map((report, index) => {
    const { ciLow: low, ciHigh: high } = reading(report, measure);
    if (!isNumber(low) || !isNumber(high)) return nothing;
    const x = frame.x(frame.at[index]);
    return svg`<path class="interval" d="M${x} ${frame.y(low)}V${frame.y(high)}M${x - 4} ${frame.y(low)}h8M${x - 4} ${frame.y(high)}h8" />`;
  });

/** Names at the lines' right ends, pushed apart where they would cover each other. */
function endLabels(reports, measure, frame) {
  const last = reports.at(-1);
  const labels = values(last, measure)
    .map(({ series, value }) => ({ series, y: frame.y(value) }))
    .sort((a, b) => a.y - b.y);
  for (let i = 1; i < labels.length; i++) labels[i].y = Math.max(labels[i].y, labels[i - 1].y + LABEL_GAP);
  const excess = Math.max(0, (labels.at(-1)?.y ?? 0) - (frame.height - frame.margin.bottom));
  return labels.map(
    ({ series, y }) =>
      svg`<text class="name ${series.id}" x=${frame.width - frame.margin.right + 10} y=${y - excess} dy="0.35em">${series.name}</text>`,
  );
}

function axes(reports, measure, frame) {
  const { margin, x, y, width, height, at } = frame;
  const room = (width - margin.left - margin.right) / reports.length;
  const names = shortNames(reports);
  const every = Math.ceil((8 * Math.max(3, ...names.map((name) => name.length))) / room);
  return svg`<g class="axes">
    ${y.ticks(5).map(
      (tick) => svg`<g><path class="grid" d="M${margin.left} ${y(tick)}H${width - margin.right}" />
        <text class="tick" x=${margin.left - 8} y=${y(tick)} dy="0.35em" text-anchor="end">${y.tickFormat(5, measure.ticks)(tick)}</text></g>`,
    )}
    ${reports.map((_, index) =>
      index % every === 0
        ? svg`<text class="tick" x=${x(at[index])} y=${height - margin.bottom + 20} text-anchor="middle">${names[index]}</text>`
        : nothing,
    )}
    <text class="axis" x=${(margin.left + width - margin.right) / 2} y=${height - 6} text-anchor="middle">layer, from first to last</text>
    <text class="axis" x="4" y="14">${measure.axis}
      ${measure.towards ? towards(measure, width < NARROW) : nothing}
    </text>
  </g>`;
}

/** Which way is which: lower is not always worse. */
function towards({ towards, better }, isNarrow) {
  const words = `${towards === 'down' ? '↓' : '↑'} ${better}`;
  return isNarrow
    ? svg`<tspan class="towards" x="4" dy="1.5em">${words}</tspan>`
    : svg`<tspan class="towards">   ${words}</tspan>`;
}

function columns(reports, measure, frame, { chosen, link, onPoint }) {
  const { margin, height, x, at } = frame;
  const half = reports.length === 1 ? 40 : Math.min(...at.slice(1).map((value, i) => x(value) - x(at[i]))) / 2;
  return reports.map((report, index) => {
    const middle = x(at[index]);
    return svg`<a href=${link(report)} class=${report.layer === chosen ? 'column chosen' : 'column'}
        aria-label=${speak(report, measure)} aria-current=${report.layer === chosen ? 'true' : 'false'}
        @pointerenter=${() => onPoint(report, middle)} @pointerleave=${() => onPoint(null)}
        @focus=${() => onPoint(report, middle)} @blur=${() => onPoint(null)}>
      <rect x=${middle - half} y=${margin.top} width=${2 * half} height=${height - margin.top - margin.bottom} />
    </a>`;
  });
}

/**
 * @param options.width of the drawing in pixels
 * @param options.chosen name of the layer that stands out
 * @param options.link address that chooses a layer
 * @param options.onPoint called with the report under the pointer or focus and its x, or with null
 */
export function depthPlot(reports, measure, options) {
  const { width, height = 360 } = options;
  const isLabelled = !options.isSmall && width >= NARROW;
  const frame = layout(reports, measure, width, height, isLabelled);
  return html`<svg
    class="plot"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    role="group"
    aria-label="${measure.axis} against depth"
  >
    ${columns(reports, measure, frame, options)}
    <g class="ink">
      ${axes(reports, measure, frame)} ${chanceBand(reports, measure, frame)}
      ${seriesOf(reports, measure)
        .toReversed()
        .map((series) => seriesLine(series, reports, measure, frame))}
      ${intervals(reports, measure, frame)} ${isLabelled ? endLabels(reports, measure, frame) : nothing}
    </g>
  </svg>`;
}

/** The signs of the lines, with what each one means on hover or focus. */
export function legend(reports, measure) {
  const hasBand = reports.some((report) => isNumber(bandOf(reading(report, measure))[1]));
  return html`<ul class="legend">
    ${seriesOf(reports, measure).map(
      ({ id, name, tip }) =>
        html`<li tabindex="0" data-tip=${tip}>
          <svg class="key" width="34" height="14" aria-hidden="true">
            ${['chance', 'control'].includes(id) && hasBand ? svg`<rect class="band" x="0" y="1" width="34" height="12" />` : nothing}
            <g class="series ${id}">
              <path class="line" d="M2 7H32" />
              ${MARKS[id](17, 7)}
            </g>
          </svg>
          ${name}
        </li>`,
    )}
  </ul>`;
}

/** What the pointer or focus rests on, as a small table beside it. */
export function readout(pointed, measure, width) {
  if (!pointed) return nothing;
  const side = pointed.x > width / 2 ? `right:${width - pointed.x + 14}px` : `left:${pointed.x + 14}px`;
  return html`<div class="readout" style=${side}>
    <strong>${pointed.report.layer}</strong>
    <dl>
      ${values(pointed.report, measure).map(
        ({ series, value }) =>
          html`<dt class=${series.id}>${series.name}</dt>
            <dd>${measure.format(value)}</dd>`,
      )}
    </dl>
  </div>`;
}

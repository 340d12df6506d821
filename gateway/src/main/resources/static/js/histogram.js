// A distribution over latents: the trained SAE filled, the untrained one as an outline.
import { html, nothing, svg } from 'lit-html';

const { max, scaleLinear } = window.d3;

const HEIGHT = 190;
const MARGIN = { top: 10, right: 10, bottom: 40, left: 40 };

/**
 * @param bins `{from, to, count}` of the trained SAE
 * @param outline the same of the untrained SAE, or nothing
 * @param mark a value to mark, such as chance
 */
export function histogram(bins, { outline, mark, axis, width, unit = 'latents' }) {
  if (!bins?.length) return nothing;
  const every = [...bins, ...(outline ?? [])];
  const x = scaleLinear(
    [Math.min(...every.map((bin) => bin.from)), max(every, (bin) => bin.to)],
    [MARGIN.left, width - MARGIN.right],
  );
  const y = scaleLinear([0, max(every, (bin) => bin.count) || 1], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice();
  const steps = (outline ?? []).map((bin) => `V${y(bin.count)}H${x(bin.to)}`).join('');
  const floor = HEIGHT - MARGIN.bottom;
  return html`<svg
    class="plot small"
    width=${width}
    height=${HEIGHT}
    viewBox="0 0 ${width} ${HEIGHT}"
    role="img"
    aria-label=${speak(bins, axis, unit)}
  >
    ${y.ticks(3).map(
      (tick) => svg`<path class="grid" d="M${MARGIN.left} ${y(tick)}H${width - MARGIN.right}" />
        <text class="tick" x=${MARGIN.left - 6} y=${y(tick)} dy="0.35em" text-anchor="end">${y.tickFormat(3, '~s')(tick)}</text>`,
    )}
    ${bins.map(
      (
        bin,
      ) => svg`<rect class="filled" x=${x(bin.from) + 1} y=${y(bin.count)} width=${Math.max(1, x(bin.to) - x(bin.from) - 2)}
        height=${floor - y(bin.count)} data-tip=${`${range(bin)}: ${Math.round(bin.count)} ${unit}`} />`,
    )}
    ${outline?.length ? svg`<path class="outline" d="M${x(outline[0].from)} ${floor}${steps}V${floor}" />` : nothing}
    ${mark === null || mark === undefined
      ? nothing
      : svg`<path class="mark" d="M${x(mark + (bins.every(isWhole) ? 0.5 : 0))} ${MARGIN.top}V${floor}" />`}
    ${labels(bins, x).map(
      ([at, text]) => svg`<text class="tick" x=${x(at)} y=${floor + 16} text-anchor="middle">${text}</text>`,
    )}
    <text class="axis" x=${(MARGIN.left + width - MARGIN.right) / 2} y=${HEIGHT - 6} text-anchor="middle">${axis}</text>
  </svg>`;
}

const isWhole = ({ from, to }) => Number.isInteger(from) && to - from === 1;

/** Bins of whole numbers are named in their middle, the others at their edges. */
const labels = (bins, x) =>
  bins.every(isWhole)
    ? x
        .ticks(7)
        .filter((tick) => Number.isInteger(tick) && tick < bins.at(-1).to)
        .map((tick) => [tick + 0.5, tick])
    : x.ticks(6).map((tick) => [tick, tick]);

const range = (bin) => (isWhole(bin) ? bin.from : `${bin.from} to ${bin.to}`);

const speak = (bins, axis, unit) =>
  `${unit} by ${axis}: ${bins
    .filter((bin) => bin.count > 0)
    .map((bin) => `${Math.round(bin.count)} at ${range(bin)}`)
    .join('; ')}`;

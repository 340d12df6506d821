// A latent's entropy after cutting the hierarchy at each depth, from the root to the classes.
import { html, svg } from 'lit-html';

const { line, max, scaleLinear } = window.d3;

const WIDTH = 360;
const HEIGHT = 210;
const MARGIN = { top: 26, right: 14, bottom: 42, left: 44 };

export function profilePlot(entropies) {
  const x = scaleLinear([0, Math.max(1, entropies.length - 1)], [MARGIN.left, WIDTH - MARGIN.right]);
  const y = scaleLinear([0, max(entropies) || 1], [HEIGHT - MARGIN.bottom, MARGIN.top]).nice(4);
  const points = entropies.map((entropy, depth) => [x(depth), y(entropy)]);
  return html`<svg
    class="plot profile"
    width=${WIDTH}
    height=${HEIGHT}
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
    role="img"
    aria-label="Entropy by depth: ${entropies.map((entropy, depth) => `${entropy.toFixed(2)} at ${depth}`).join(', ')}"
  >
    ${y.ticks(4).map(
      (tick) => svg`<path class="grid" d="M${MARGIN.left} ${y(tick)}H${WIDTH - MARGIN.right}" />
        <text class="tick" x=${MARGIN.left - 6} y=${y(tick)} dy="0.35em" text-anchor="end">${y.tickFormat(4)(tick)}</text>`,
    )}
    ${x
      .ticks(7)
      .filter(Number.isInteger)
      .map(
        (tick) =>
          svg`<text class="tick" x=${x(tick)} y=${HEIGHT - MARGIN.bottom + 16} text-anchor="middle">${tick}</text>`,
      )}
    <text class="axis" x="4" y="14">entropy (nats)</text>
    <text class="axis" x=${(MARGIN.left + WIDTH - MARGIN.right) / 2} y=${HEIGHT - 6} text-anchor="middle">
      depth below the root
    </text>
    <g class="series trained">
      <path class="line" d=${line()(points)} />
      ${points.map(
        ([left, top], depth) =>
          svg`<circle cx=${left} cy=${top} r="3.5" data-tip=${`depth ${depth}: ${entropies[depth].toFixed(3)}`} />`,
      )}
    </g>
  </svg>`;
}

// Which synsets appear at which layer: layers from left to right, general synsets above, specific ones below.
import { html, nothing, svg } from 'lit-html';
import { count, lemma } from './format.js';
import { firstLayer } from './knowledge.js';
import { shortNames } from './plot.js';

const { max, scaleLinear, scalePoint, scaleSqrt } = window.d3;

const MARGIN = { top: 34, right: 24, bottom: 46, left: 60 };
const ROW = 30;
const NAMED = 12;

/** One dot for each layer and depth of the hierarchy: its area counts the marked synsets, its core those that are new. */
export function depthOfSynsets(layers, nodes, least, width) {
  const dots = layers.flatMap((_, layer) =>
    [...Map.groupBy(markedBy(nodes, layer, least), ({ maxDepth }) => maxDepth)].map(([depth, marked]) => ({
      layer,
      depth,
      marked,
      fresh: marked.filter((node) => firstLayer(node, least) === layer),
    })),
  );
  if (dots.length === 0)
    return html`<p class="empty">No layer marks a synset this well. Lower the F1 above the tree.</p>`;
  const depths = [...new Set(nodes.map(({ maxDepth }) => maxDepth))].sort((a, b) => a - b);
  const height = MARGIN.top + MARGIN.bottom + ROW * depths.length;
  const x = scalePoint(
    layers.map((_, i) => i),
    [MARGIN.left, Math.max(320, width) - MARGIN.right],
  ).padding(0.6);
  const y = scalePoint(depths, [MARGIN.top, height - MARGIN.bottom]).padding(0.5);
  const radius = scaleSqrt([0, max(dots, ({ marked }) => marked.length)], [0, ROW * 0.48]);
  return html`<p class="facts">
      Each disc counts the synsets of one depth that a layer marks; its full core those that no earlier layer marked.
      Point at one to read their names.
    </p>
    ${figure({ layers, dots, depths, x, y, radius, width: Math.max(320, width), height })}
    ${appearing(layers, nodes, least)}`;
}

const markedBy = (nodes, layer, least) => nodes.filter(({ marks }) => marks[layer].best?.f1 >= least);

const figure = ({ layers, dots, depths, x, y, radius, width, height }) =>
  html`<svg
    class="plot depths"
    width=${width}
    height=${height}
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label="Marked synsets by layer and depth: ${dots
      .map(({ layer, depth, marked }) => `${marked.length} at depth ${depth} in ${layers[layer].layer}`)
      .join(', ')}"
  >
    <text class="axis" x="4" y="14">
      depth below the root
      <tspan class="towards">↓ more specific</tspan>
    </text>
    ${depths.map(
      (depth) => svg`<path class="grid" d="M${MARGIN.left} ${y(depth)}H${width - MARGIN.right}" />
      <text class="tick" x=${MARGIN.left - 10} y=${y(depth)} dy="0.35em" text-anchor="end">${depth}</text>`,
    )}
    ${shortNames(layers).map(
      (name, i) =>
        svg`<text class="tick" x=${x(i)} y=${height - MARGIN.bottom + 22} text-anchor="middle">${name}</text>`,
    )}
    <text class="axis" x=${(MARGIN.left + width - MARGIN.right) / 2} y=${height - 4} text-anchor="middle">
      layer, from first to last
    </text>
    ${dots.map(
      (dot) => svg`<g data-tip=${said(layers, dot)}>
      <circle class="all" cx=${x(dot.layer)} cy=${y(dot.depth)} r=${radius(dot.marked.length)} />
      <circle class="fresh" cx=${x(dot.layer)} cy=${y(dot.depth)} r=${radius(dot.fresh.length)} />
    </g>`,
    )}
  </svg>`;

const said = (layers, { layer, depth, marked, fresh }) =>
  `${layers[layer].layer}, depth ${depth}: ${count(marked.length)} marked, ${count(fresh.length)} of them new\n${names(marked)}`;

const names = (nodes) =>
  nodes
    .slice(0, NAMED)
    .map(({ name }) => lemma(name))
    .join(', ') + (nodes.length > NAMED ? `, and ${nodes.length - NAMED} more` : '');

/** The same in words, for whoever cannot point. */
const appearing = (layers, nodes, least) =>
  html`<ul class="appearing">
    ${layers.map(({ layer }, i) => {
      const fresh = nodes.filter((node) => firstLayer(node, least) === i);
      return fresh.length ? html`<li><b>${layer}</b> first marks ${names(fresh)}.</li>` : nothing;
    })}
  </ul>`;

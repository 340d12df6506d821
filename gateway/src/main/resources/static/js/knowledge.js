// What an experiment's layers know of each synset: the hierarchy above its classes, and the best latents of each layer.
import { experimentPath, get, post } from './api.js';
import { arranged } from './reports.js';
import { useTaxonomyOf } from './taxonomy.js';

const PAGE = 1000;
// Beyond these a latent marks nothing: the tree would only get slower.
const MOST_LATENTS = 5000;
const MOST_NODES = 5000;

/**
 * The experiment, its layers and its synsets. Each node has `children`, `parents`, the `parent` that it is drawn under, and
 * for each layer `marks`: `best`, the latent that detects it best among the `nLatents` whose best synset it is; the same
 * for it and all below (`bestInSubtree`); and `nLch`, the latents whose LCH it is.
 */
export async function loadKnowledge(id) {
  const [experiment, layers] = await Promise.all([
    get(experimentPath(id)),
    get(`${experimentPath(id)}/layers`).then(({ items }) => items.map(arranged)),
  ]);
  useTaxonomyOf(experiment);
  if (layers.length === 0) return { experiment, layers, root: null, nodes: new Map(), nLeftOut: 0 };
  const [tree, latents] = await Promise.all([hierarchyOf(experiment), Promise.all(layers.map(latentsOf))]);
  const nodes = linked(tree.nodes, layers.length);
  latents.forEach((found, layer) => found.forEach((scores) => mark(nodes, layer, scores)));
  return { experiment, layers, root: nodes.get(tree.root), nodes, nLeftOut: tree.nLeftOut };
}

function linked(rows, nLayers) {
  const nodes = new Map(
    rows.map((row) => [row.wnid, { ...row, children: [], marks: Array.from({ length: nLayers }, noMarks) }]),
  );
  for (const node of nodes.values()) {
    node.parents = node.parents.map((wnid) => nodes.get(wnid)).filter(Boolean);
    // The longest way from the root, as the entropy profile cuts it; then the lowest wnid.
    node.parent = node.parents.toSorted((a, b) => b.maxDepth - a.maxDepth || a.wnid.localeCompare(b.wnid))[0];
    for (const parent of node.parents) parent.children.push(node);
  }
  return nodes;
}

const noMarks = () => ({ best: null, nLatents: 0, bestInSubtree: null, nLch: 0 });

/** Latents come by descending F1, so the first one of a node is its best. */
function mark(nodes, layer, { latent, best, lch }) {
  const covered = nodes.get(lch?.wnid);
  if (covered) covered.marks[layer].nLch++;
  const node = nodes.get(best?.wnid);
  if (!node) return;
  const found = { latent, f1: best.f1 };
  node.marks[layer].nLatents++;
  node.marks[layer].best ??= found;
  for (const above of [node, ...closure(node, 'parents')]) above.marks[layer].bestInSubtree ??= found;
}

async function hierarchyOf({ spec, stages }) {
  const { resource } = stages.find(({ kind }) => kind === 'REGISTER_DATASET');
  const { labels } = await get(resource);
  const { labels: mapping, mappingFile, taxonomy } = spec.dataset;
  const { resolved } = await send('/api/v1/labels/resolve', {
    labels: labels.map(({ label }) => label),
    mapping,
    mappingFile,
    taxonomy,
  });
  return send('/api/v1/synsets/tree', { labels: [...new Set(Object.values(resolved))], limit: MOST_NODES, taxonomy });
}

const send = (path, body) =>
  post(path, { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

/** Latents that have a best synset, best first; without their images. */
async function latentsOf({ scoringId }) {
  const found = [];
  let cursor;
  do {
    const query = { sort: 'F1', where: 'F1>=0', limit: PAGE, cursor };
    const page = await get(`/api/v1/scorings/${encodeURIComponent(scoringId)}/features`, query);
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && found.length < MOST_LATENTS);
  return found;
}

/** All that can be reached by `children` or by `parents`, without the node itself. */
function closure(node, direction, found = new Set()) {
  for (const next of node[direction]) {
    if (!found.has(next)) closure(next, direction, found.add(next));
  }
  return found;
}

/** The best F1 of any layer for a node, or 0. */
export const bestF1 = (node) => Math.max(0, ...node.marks.map(({ best }) => best?.f1 ?? 0));

/** Index of the first layer that marks the node with at least this F1, or -1. */
export const firstLayer = (node, least) => node.marks.findIndex(({ best }) => best && best.f1 >= least);

/**
 * The nearest synsets below that a latent can stand for: a child, or what has the same classes as it. One that also lies
 * below another of them is left to that one.
 */
export function distinctChildren(node) {
  const found = new Set();
  const visit = (below) => (below.isReachable ? found.add(below) : below.children.forEach(visit));
  node.children.forEach(visit);
  const deeper = new Set([...found].flatMap((member) => [...closure(member, 'children')]));
  return [...found].filter((member) => !deeper.has(member));
}

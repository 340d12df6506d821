// What an experiment's layers know of each synset: the hierarchy above its classes, and the best latents of each layer.
import { experimentPath, get } from './api.js';
import { arranged } from './reports.js';
import { useTaxonomyOf } from './taxonomy.js';

const MOST_NODES = 5000;

/**
 * The experiment, its layers and its synsets. Each node has `children`, `parents`, the `parent` that it is drawn under, and
 * for each layer `marks`: `best`, the latent that detects it best among the `nLatents` whose best synset it is; the best
 * for it and all below (`bestInSubtree`); and `nLch`, the latents whose LCH it is.
 *
 * @param dictionary `{variant, step}` whose latents are meant
 */
export async function loadKnowledge(id, dictionary) {
  const [experiment, layers] = await Promise.all([
    get(experimentPath(id)),
    get(`${experimentPath(id)}/layers`).then(({ items }) => items.map(arranged)),
  ]);
  useTaxonomyOf(experiment);
  if (layers.length === 0) return { experiment, layers, dictionary, root: null, nodes: new Map(), nLeftOut: 0 };
  const coverage = await get(`${experimentPath(id)}/synsets`, { ...dictionary, limit: MOST_NODES });
  const nodes = linked(
    coverage.synsets,
    layers.map(({ layer }) => layer),
  );
  return { experiment, layers, dictionary, root: nodes.get(coverage.root), nodes, nLeftOut: coverage.nLeftOut };
}

function linked(rows, layers) {
  const nodes = new Map(
    rows.map((row) => [row.wnid, { ...row, children: [], marks: layers.map((layer) => marksOf(row, layer)) }]),
  );
  for (const node of nodes.values()) {
    node.parents = node.parents.map((wnid) => nodes.get(wnid)).filter(Boolean);
    // The longest way from the root, as the entropy profile cuts it; then the lowest wnid.
    node.parent = node.parents.toSorted((a, b) => b.maxDepth - a.maxDepth || a.wnid.localeCompare(b.wnid))[0];
    for (const parent of node.parents) parent.children.push(node);
  }
  for (const node of nodes.values()) node.marks.forEach((mark, layer) => raise(node, layer, mark.best));
  return nodes;
}

function marksOf({ layers }, layer) {
  const { nReaching = 0, nMarking = 0, bestLatent, bestF1 } = layers.find((at) => at.layer === layer) ?? {};
  const best = nMarking ? { latent: bestLatent, f1: bestF1 } : null;
  return { best, nLatents: nMarking, bestInSubtree: best, nLch: nReaching };
}

/** Lets a node's best latent stand for everything above it, where nothing better does. */
function raise(node, layer, best) {
  if (!best) return;
  for (const { marks } of closure(node, 'parents')) {
    if (best.f1 > (marks[layer].bestInSubtree?.f1 ?? -1)) marks[layer].bestInSubtree = best;
  }
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

// The hierarchy above the dataset's classes as a tree to open and close, with what each layer knows of each synset.
import { html, nothing, render } from 'lit-html';
import { withQuery } from './api.js';
import { depthOfSynsets } from './depths.js';
import { dictionaryChooser, dictionaryOf, scoredDictionaries } from './dictionaries.js';
import { count, lemma, number } from './format.js';
import { heatCells, layerHeads } from './heat.js';
import { bestF1, firstLayer, loadKnowledge } from './knowledge.js';
import { loading, problemBox, synsetLink } from './parts.js';
import { shortNames } from './plot.js';

const { hierarchy } = window.d3;

const OPEN_AT_FIRST = 60;
const DEFAULT_LEAST = 0.5;

export const treeAddress = (id) => `#/experiments/${encodeURIComponent(id)}/tree`;

export function treeView(root, route) {
  const { id } = route;
  document.title = 'Tree of synsets · Taxoscope';
  const state = { route, known: null, problem: null, least: DEFAULT_LEAST, isWhole: false, open: new Set(), width: 0 };
  let left = false;
  const draw = () => {
    if (left) return;
    render(page(state, { id, load, toggle, setLeast, setWhole, openAll, move, choose }), root);
    sizes.observe(root);
  };
  const load = async () => {
    try {
      const wasOpen = state.known && state.open;
      Object.assign(state, { known: await loadKnowledge(id, dictionaryOf(state.route.query)), problem: null });
      if (wasOpen) state.open = wasOpen;
      else openSome(state);
    } catch (problem) {
      state.problem = problem;
    }
    draw();
  };
  const choose = (change) => (location.hash = withQuery(treeAddress(id), { ...state.route.query, ...change }));
  const toggle = (wnid) => {
    if (!state.open.delete(wnid)) state.open.add(wnid);
    draw();
  };
  const setLeast = (least) => {
    state.least = least;
    draw();
  };
  const setWhole = (isWhole) => {
    state.isWhole = isWhole;
    openSome(state);
    draw();
  };
  const openAll = (isOpen) => {
    state.open = new Set(isOpen ? state.known.nodes.keys() : []);
    draw();
  };
  /** Arrow keys, as in any tree: up and down, into and out of branches. */
  const move = (event, row) => {
    const rows = [...root.querySelectorAll('.tree [data-row]')];
    const at = rows.indexOf(event.currentTarget);
    const isOpen = state.open.has(row.data.wnid);
    const go = (index) => rows[index]?.focus();
    const steps = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => (row.children && !isOpen ? toggle(row.data.wnid) : go(at + 1)),
      ArrowLeft: () =>
        row.children && isOpen
          ? toggle(row.data.wnid)
          : go(rows.findIndex((other) => other.dataset.row === row.parent?.data.wnid)),
    };
    if (event.target !== event.currentTarget || !steps[event.key]) return;
    event.preventDefault();
    steps[event.key]();
  };
  const sizes = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width !== state.width) {
      state.width = width;
      draw();
    }
  });
  draw();
  load();
  return {
    update: (next) => {
      state.route = next;
      load();
    },
    leave: () => {
      left = true;
      sizes.disconnect();
    },
  };
}

/** Level by level, as many as a person takes in at once. */
function openSome(state) {
  state.open = new Set();
  if (!state.known.root) return;
  let shown = 1;
  for (const node of drawn(state)) {
    shown += node.children?.length ?? 0;
    if (shown > OPEN_AT_FIRST) break;
    state.open.add(node.data.wnid);
  }
}

/**
 * The tree as it is drawn. A synset with several parents stands under the one on its longest way from the root. Unless the
 * whole is asked for, synsets that have the same classes as one below them are left out: no latent can tell them apart.
 */
function drawn({ known, isWhole }) {
  const isShown = (node) => isWhole || node.isReachable || node === known.root;
  const childrenOf = new Map();
  for (const node of known.nodes.values()) {
    if (!isShown(node) || node === known.root) continue;
    let above = node.parent;
    while (above && !isShown(above)) above = above.parent;
    if (above) childrenOf.set(above, [...(childrenOf.get(above) ?? []), node]);
  }
  return hierarchy(known.root, (node) => childrenOf.get(node)).sort(
    (a, b) => b.data.nClasses - a.data.nClasses || a.data.name.localeCompare(b.data.name),
  );
}

const page = (state, actions) => html`
  <p class="crumbs">
    <a href="#/">Experiments</a> ›
    <a href="#/experiments/${encodeURIComponent(actions.id)}">${state.known?.experiment.name ?? 'Experiment'}</a>
  </p>
  <h1>Which synsets the layers know</h1>
  ${state.problem
    ? problemBox(state.problem, actions.load)
    : state.known
      ? state.known.layers.length
        ? body(state, actions)
        : html`<p class="empty">No layer is scored yet.</p>`
      : loading('the hierarchy')}
`;

function body(state, actions) {
  const { known, least } = state;
  const reachable = [...known.nodes.values()].filter(({ isReachable }) => isReachable);
  const marked = reachable.filter((node) => bestF1(node) >= least);
  return html`
    <p class="finding">
      <b>${count(marked.length)} of ${count(reachable.length)}</b> synsets that can be told apart are marked by some
      latent with F1 ≥ ${number(least, 2)}, chosen on one half of the images and reported on the other.
      ${known.nLeftOut ? html`${count(known.nLeftOut)} of the deepest synsets are left out here.` : nothing}
    </p>
    <div class="controls">
      ${dictionaryChooser(scoredDictionaries(known.experiment), known.dictionary, actions.choose)}
      <label>
        Marked means F1 at least <output>${number(least, 2)}</output>
        <input
          type="range"
          min="0.1"
          max="0.95"
          step="0.05"
          .value=${String(least)}
          @input=${(event) => actions.setLeast(Number(event.target.value))}
        />
      </label>
      <label class="check">
        <input type="checkbox" .checked=${state.isWhole} @change=${(event) => actions.setWhole(event.target.checked)} />
        also synsets with the same classes as one below
      </label>
      <button type="button" @click=${() => actions.openAll(true)}>Open all</button>
      <button type="button" @click=${() => actions.openAll(false)}>Close all</button>
    </div>
    ${tree(state, actions)}
    <p class="facts">
      A number is the best F1 of a layer's latents whose best synset is the one in the row; in italics, where a branch
      is closed, of all at or below it. A bar under the cell: the synset is some latent's lowest common hypernym.
    </p>
    <h2>Which appear at which layer</h2>
    ${depthOfSynsets(known.layers, reachable, least, Math.min(state.width, 900))}
  `;
}

function tree(state, actions) {
  const { layers } = state.known;
  const rows = [];
  drawn(state).eachBefore((row) => {
    if (
      row
        .ancestors()
        .slice(1)
        .every(({ data }) => state.open.has(data.wnid))
    )
      rows.push(row);
  });
  return html`<div class="scroll">
    <table class="report tree" role="treegrid" aria-label="Synsets, with the best F1 of each layer">
      <thead>
        <tr>
          <th scope="col">synset</th>
          <th scope="col">classes</th>
          ${layerHeads(layers)}
          <th scope="col">first at</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row, i) => rowOf(row, i, state, actions))}
      </tbody>
    </table>
  </div>`;
}

function rowOf(row, index, state, actions) {
  const { data: node, depth, children } = row;
  const { known } = state;
  const isOpen = state.open.has(node.wnid);
  const first = firstLayer(node, state.least);
  const others = node.parents.filter((parent) => parent !== node.parent);
  return html`<tr
    role="row"
    class=${bestF1(node) >= state.least ? 'marked' : 'unmarked'}
    aria-level=${depth + 1}
    aria-expanded=${children ? String(isOpen) : nothing}
    tabindex=${index === 0 ? 0 : -1}
    data-row=${node.wnid}
    @keydown=${(event) => actions.move(event, row)}
  >
    <th scope="row" role="rowheader">
      <span class="branch" style="--level:${depth}">
        ${children
          ? html`<button
              type="button"
              class="twist"
              tabindex="-1"
              aria-label="${isOpen ? 'Close' : 'Open'} ${node.name}"
              @click=${() => actions.toggle(node.wnid)}
            >
              ${isOpen ? '▾' : '▸'}
            </button>`
          : html`<span class="twist"></span>`}
        ${synsetLink(actions.id, node.wnid, node.name)}
        ${others.length ? html`<small>also under ${others.map(({ name }) => lemma(name)).join(', ')}</small>` : nothing}
      </span>
    </th>
    <td>${node.isClass ? 'class' : count(node.nClasses)}</td>
    ${heatCells(actions.id, known, node, Boolean(children) && !isOpen)}
    <td>${first < 0 ? '–' : shortNames(known.layers)[first]}</td>
  </tr>`;
}

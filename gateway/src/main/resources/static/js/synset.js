// One synset: its place in the hierarchy, how well each layer knows it and its children, and the latents that mark it.
import { html, nothing, render } from 'lit-html';
import { withQuery } from './api.js';
import { dictionaryOf, sameDictionary } from './dictionaries.js';
import { count, lemma } from './format.js';
import { heatCells, layerHeads } from './heat.js';
import { distinctChildren, loadKnowledge } from './knowledge.js';
import { latentsPart } from './latents.js';
import { loading, problemBox, synsetAddress, synsetLink } from './parts.js';
import { findSynset } from './taxonomy.js';
import { treeAddress } from './tree.js';

export function synsetView(root, route) {
  const { id, wnid } = route;
  document.title = 'Synset · Taxoscope';
  const state = { route, synset: null, known: null, problem: null };
  const address = (change) => withQuery(synsetAddress(id, wnid), { ...state.route.query, ...change });
  const latents = latentsPart(id, address, () => draw(), { synset: wnid });
  const draw = () => render(page(state, { id, wnid, latents, address, load }), root);
  const choose = () => latents.choose(layerOf(state), state.route.query, state.known.experiment);
  const load = async () => {
    try {
      const known = await loadKnowledge(id, dictionaryOf(state.route.query));
      const synset = await findSynset(wnid);
      Object.assign(state, { synset, known, problem: null });
      document.title = `${lemma(synset.name)} · Taxoscope`;
      if (known.layers.length) choose();
    } catch (problem) {
      state.problem = problem;
    }
    draw();
  };
  draw();
  load();
  return {
    update: (next) => {
      state.route = next;
      if (state.known && !sameDictionary(state.known.dictionary, dictionaryOf(next.query))) load();
      else if (state.known?.layers.length) choose();
      draw();
    },
    leave: () => {},
  };
}

/** The layer that the address names, else the one whose latents mark the synset, or what is below it, best. */
function layerOf({ known, route }) {
  const named = known.layers.find(({ layer }) => layer === route.query.layer);
  if (named) return named;
  const node = known.nodes.get(route.wnid);
  const best = known.layers.map((_, i) => node?.marks[i].bestInSubtree?.f1 ?? 0);
  return known.layers[best.lastIndexOf(Math.max(...best))];
}

function page(state, at) {
  const { synset, known, problem } = state;
  return html`
    <p class="crumbs">
      <a href="#/">Experiments</a> ›
      <a href="#/experiments/${encodeURIComponent(at.id)}">${known?.experiment.name ?? 'Experiment'}</a> ›
      <a href=${treeAddress(at.id)}>Tree</a>
    </p>
    ${problem
      ? html`<h1>Synset ${at.wnid}</h1>
          ${problemBox(problem, at.load)}`
      : known
        ? body(state, at)
        : loading('the synset')}
  `;
}

function body(state, at) {
  const { synset, known } = state;
  const node = known.nodes.get(at.wnid);
  return html`
    <div class="title">
      <h1>${lemma(synset.name)}</h1>
      <a
        class="button"
        href="${withQuery(`/api/v1/synsets/${at.wnid}`, { taxonomy: known.experiment.spec.dataset.taxonomy })}"
        >JSON</a
      >
    </div>
    <p class="gloss">${synset.lemmas.map(lemma).join(', ')} <code>${at.wnid}</code>: ${synset.gloss}</p>
    ${known.layers.length === 0
      ? html`<p class="empty">No layer is scored yet.</p>`
      : node
        ? html`${place(node, at)} ${matrix(node, known, at)} ${layerTabs(state, at)} ${at.latents.draw(layerOf(state))}`
        : html`<p class="callout">
            No class of this experiment lies on or below it, so none of its latents can mark it.
          </p>`}
  `;
}

const listed = (nodes, at) => nodes.map((node, i) => html`${i ? ', ' : ''}${synsetLink(at.id, node.wnid, node.name)}`);

const place = (node, at) =>
  html`<dl class="list place">
    <dt>Under</dt>
    <dd>${node.parents.length ? listed(node.parents, at) : 'nothing: it is the root'}</dd>
    <dt>Above</dt>
    <dd>${node.children.length ? listed(node.children, at) : 'nothing of this dataset'}</dd>
    <dt>Place</dt>
    <dd>
      depth ${node.minDepth === node.maxDepth ? node.maxDepth : `${node.minDepth} to ${node.maxDepth}`}, height
      ${node.height}, ${node.isClass ? 'a class itself' : `${count(node.nClasses)} classes below`}
    </dd>
    ${node.isReachable
      ? nothing
      : html`<dt>Mind</dt>
          <dd>It has the same classes as a synset below, which stands for both: no latent is said to mark it.</dd>`}
  </dl>`;

/** Rows: the synset, the nearest ones below that can be told apart, all below together. Columns: the layers. */
const matrix = (node, known, at) =>
  html`<h2>How well each layer knows it</h2>
    <p class="facts">
      Best F1, on the held-out half, of a latent whose best synset is exactly the one in the row; a click leads to the
      latent.
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Best F1 by layer">
      <table class="report matrix">
        <thead>
          <tr>
            <th scope="col">synset</th>
            ${layerHeads(known.layers)}
          </tr>
        </thead>
        <tbody>
          ${[node, ...distinctChildren(node)].map(
            (member, i) =>
              html`<tr class=${i ? '' : 'chosen'}>
                <th scope="row">${i ? '└ ' : ''}${synsetLink(at.id, member.wnid, member.name)}</th>
                ${heatCells(at.id, known, member)}
              </tr>`,
          )}
          ${node.children.length
            ? html`<tr>
                <th scope="row">best at or below</th>
                ${heatCells(at.id, known, node, true)}
              </tr>`
            : nothing}
        </tbody>
      </table>
    </div>`;

function layerTabs(state, at) {
  const chosen = layerOf(state);
  return html`<nav class="tabs" aria-label="Layer">
    ${state.known.layers.map(
      ({ layer }) =>
        html`<a href=${at.address({ layer })} aria-current=${layer === chosen.layer ? 'true' : 'false'}>${layer}</a>`,
    )}
  </nav>`;
}

// How a latent stands to the others of its layer: parents and children by synset, and what it misses of its own.
import { html, nothing } from 'lit-html';
import { experimentPath, get } from './api.js';
import { count, number, percent } from './format.js';
import { latentAddress } from './latents.js';
import { explained, loading, problemBox, synsetLink } from './parts.js';

const PAIRS = 100;
const SHOWN = 12;

/** Looks for a finished analysis of the layer's dictionary; shows nothing where none was made. */
export function relatedPart(id, layer, latent, dictionary, draw) {
  const state = { isLoading: false, found: null, problem: null };
  const load = async () => {
    state.isLoading = true;
    draw();
    try {
      state.found = await relationsOf(id, layer, latent, dictionary);
    } catch (problem) {
      state.problem = problem;
    }
    state.isLoading = false;
    draw();
  };
  return { load, draw: () => section(state, { id, layer, latent, dictionary, load }) };
}

async function relationsOf(id, layer, latent, { variant }) {
  const relations = (await get(`${experimentPath(id)}/relations`)).items;
  const relation = relations.find((made) => made.layer === layer && made.variant === variant);
  if (!relation) return null;
  const path = `/api/v1/relations/${encodeURIComponent(relation.relationId)}`;
  const [pairs, latents] = await Promise.all([
    get(`${path}/pairs`, { latent, isDirect: true, limit: PAIRS }),
    get(`${path}/latents`, { latent }),
  ]);
  return { pairs: pairs.items, itself: latents.items[0] };
}

function section({ isLoading, found, problem }, at) {
  if (isLoading) return loading('related latents');
  if (problem) return problemBox(problem, at.load);
  if (!found) return nothing;
  const { pairs, itself } = found;
  return html`<section class="related" aria-label="Related latents">
    <h2>Related latents</h2>
    ${itself ? own(itself, at) : nothing}
    ${pairTable(
      'Parents: latents whose synset lies above its own',
      pairs.filter(({ child }) => child === at.latent),
      ({ parent, parentSynset }) => [parent, parentSynset],
      at,
    )}
    ${pairTable(
      'Children: latents whose synset lies below its own',
      pairs.filter(({ parent }) => parent === at.latent),
      ({ child, childSynset }) => [child, childSynset],
      at,
    )}
    ${pairs.length ? nothing : html`<p class="empty">No other latent stands for a synset above or below its own.</p>`}
  </section>`;
}

const FACTS = [
  ['hierarchicalF1', 'Hierarchical F1', 3, 'Its firings read as predictions of its synset; near misses count in part.'],
  ['severity', 'Severity', 2, 'Mean height at which wrong predictions meet the truth: low is a near miss.'],
  [
    'orJaccard',
    'Like its children together',
    3,
    'Images on which it and any of its children fire, over those on which either does.',
  ],
  ['gap', 'Recall gap', 3, 'Greatest less least recall among the branches below its synset.'],
  ['holeShare', 'Share of holes', 3, 'Share of its synset’s classes on which it is silent (recall below 0.1).'],
  [
    'monoSemanticity',
    'MonoSemanticity',
    3,
    'Mean likeness of the images that activate it. Nearly blind to training: never read it alone.',
  ],
];

const own = (itself, { id }) => html`
  <dl class="scores">
    ${FACTS.filter(([key]) => itself[key] !== undefined).map(
      ([key, name, digits, tip]) =>
        html`<div>
          <dt>${explained(name, tip)}</dt>
          <dd>${number(itself[key], digits)}</dd>
        </div>`,
    )}
  </dl>
  ${itself.holes.length
    ? html`<p class="callout">
        <b>Holes:</b> it stays silent on
        ${itself.holes.map(({ wnid, name }, i) => html`${i ? ', ' : ''}${synsetLink(id, wnid, name)}`)}.
      </p>`
    : nothing}
`;

function pairTable(title, pairs, other, { id, layer, dictionary }) {
  if (pairs.length === 0) return nothing;
  return html`<h3>${title}</h3>
    <div class="scroll" tabindex="0" role="region" aria-label=${title}>
      <table class="report narrow">
        <thead>
          <tr>
            <th scope="col">latent</th>
            <th scope="col">synset</th>
            <th scope="col">
              ${explained('P(parent | child)', 'share of the child’s images on which the parent fires')}
            </th>
            <th scope="col">
              ${explained('P(child | parent)', 'share of the parent’s images on which the child fires')}
            </th>
            <th scope="col">lift</th>
            <th scope="col">both fire on</th>
            <th scope="col">${explained('cosine', 'of their directions in the layer')}</th>
          </tr>
        </thead>
        <tbody>
          ${pairs.slice(0, SHOWN).map((pair) => {
            const [latent, synset] = other(pair);
            return html`<tr>
              <th scope="row"><a href=${latentAddress(id, layer, latent, dictionary)}>latent ${latent}</a></th>
              <td>${synsetLink(id, synset.wnid, synset.name)}</td>
              <td>${percent(pair.parentGivenChild)}</td>
              <td>${percent(pair.childGivenParent)}</td>
              <td>${number(pair.lift, 1)}</td>
              <td>${count(pair.nBoth)}</td>
              <td>${number(pair.cosine, 2)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${pairs.length > SHOWN ? html`<p class="facts">The first ${SHOWN} of ${pairs.length}.</p>` : nothing}`;
}

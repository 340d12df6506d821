// One latent: every score, its images with their activations, the classes that it fires on.
import { html, nothing, render } from 'lit-html';
import { experimentPath, get, withQuery } from './api.js';
import { dictionaryName, dictionaryOf, inAddress, isTrained } from './dictionaries.js';
import { count, lemma, number, percent } from './format.js';
import { latentScores } from './latent-scores.js';
import { explained, loading, problemBox, synsetAddress, synsetLink } from './parts.js';
import { profilePlot } from './profile.js';
import { relatedPart } from './related.js';
import { useTaxonomyOf } from './taxonomy.js';

const CLASSES = 20;

export function latentView(root, { id, layer, latent, query }) {
  const dictionary = dictionaryOf(query);
  document.title = `Latent ${latent} of ${layer} · Taxoscope`;
  const path = withQuery(
    `${experimentPath(id)}/features/${encodeURIComponent(layer)}/${latent}`,
    inAddress(dictionary),
  );
  const state = { detail: null, problem: null, allClasses: false };
  const related = relatedPart(id, layer, Number(latent), dictionary, () => draw());
  const draw = () => render(page(state, { id, layer, latent, dictionary, path, related, load, showClasses }), root);
  const showClasses = () => {
    state.allClasses = true;
    draw();
  };
  const load = async () => {
    try {
      const [experiment, detail] = await Promise.all([get(experimentPath(id)), get(path)]);
      useTaxonomyOf(experiment);
      Object.assign(state, { detail, problem: null });
      related.load();
    } catch (problem) {
      state.problem = problem;
    }
    draw();
  };
  draw();
  load();
  return { leave: () => {} };
}

const page = (state, at) => html`
  <p class="crumbs">
    <a href="#/">Experiments</a> ›
    <a
      href=${withQuery(`#/experiments/${encodeURIComponent(at.id)}`, { layer: at.layer, ...inAddress(at.dictionary) })}
      >${at.layer}</a
    >
  </p>
  <h1>Latent ${at.latent}${isTrained(at.dictionary) ? nothing : ` of the ${dictionaryName(at.dictionary)}`}</h1>
  ${state.problem ? problemBox(state.problem, at.load) : state.detail ? body(state, at) : loading('the latent')}
`;

const body = ({ detail, allClasses }, at) => html`
  ${latentScores(detail.scores, at.id)}
  <p class="actions">
    <a class="button" href=${at.path}>JSON</a>
    ${detail.scores.best
      ? html`<a
          class="button"
          href=${withQuery(synsetAddress(at.id, detail.scores.best.wnid), {
            layer: at.layer,
            ...inAddress(at.dictionary),
          })}
        >
          Others for ${lemma(detail.scores.best.name)}
        </a>`
      : nothing}
  </p>
  <h2>Strongest images</h2>
  ${detail.top.length ? gallery(detail) : html`<p class="empty">No image activates this latent.</p>`}
  <div class="pair">
    <section aria-label="Classes">
      <h2>Classes</h2>
      ${classes(detail.classes, allClasses, at)}
    </section>
    ${profile(detail.entropyProfile)}
  </div>
  ${at.related.draw()}
`;

const profile = (entropies) =>
  entropies?.length
    ? html`<section aria-label="Entropy profile">
        <h2>Down the tree</h2>
        ${profilePlot(entropies)}
        <p class="facts">
          Entropy of the activation when the hierarchy is cut at each depth. Flat: the latent keeps to one branch. Where
          it rises, it stops telling the synsets apart.
        </p>
      </section>`
    : nothing;

function gallery({ top, classes }) {
  const strongest = top[0].value;
  // Folders are often named by wnid, which tells a reader nothing.
  const names = new Map(classes.map(({ wnid, name }) => [wnid, lemma(name)]));
  return html`<ol class="gallery">
    ${top.map(
      (image) =>
        html`<li>
          <img
            src=${image.thumbnail}
            alt="Image ${image.path} of class ${names.get(image.wnid) ?? image.label}"
            loading="lazy"
            data-tip="${image.path}, image ${image.index} of the dataset"
          />
          <span class="strength"><span style="inline-size:${(100 * image.value) / strongest}%"></span></span>
          <span class="value">${number(image.value, 3)}</span>
          <span class="label" data-wnid=${image.wnid} tabindex="0">${names.get(image.wnid) ?? image.label}</span>
        </li>`,
    )}
  </ol>`;
}

function classes(all, showAll, { id, showClasses }) {
  if (all.length === 0) return html`<p class="empty">No class activates this latent.</p>`;
  const total = all.reduce((sum, entry) => sum + entry.mass, 0);
  const most = Math.max(...all.map((entry) => entry.mass));
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Classes by activation">
      <table class="report histogram">
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">${explained('share of activation', 'of the sum of its activations over all images')}</th>
            <th scope="col">fires on</th>
          </tr>
        </thead>
        <tbody>
          ${(showAll ? all : all.slice(0, CLASSES)).map(
            (entry) =>
              html`<tr>
                <th scope="row">${synsetLink(id, entry.wnid, entry.name)}</th>
                <td>
                  <span class="strength"><span style="inline-size:${(100 * entry.mass) / most}%"></span></span>
                  ${percent(entry.mass / total, 1)}
                </td>
                <td>
                  ${count(entry.nActive)} of ${count(entry.nImages)}
                  <small>${percent(entry.nActive / entry.nImages)}</small>
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${!showAll && all.length > CLASSES
      ? html`<p><button type="button" @click=${showClasses}>Show all ${all.length} classes</button></p>`
      : nothing}`;
}

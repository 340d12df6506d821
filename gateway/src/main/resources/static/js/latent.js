// One latent: every score, its images with their activations, the classes that it fires on.
import { html, nothing, render } from 'lit-html';
import { experimentPath, get } from './api.js';
import { count, lemma, number, percent } from './format.js';
import { explained, loading, problemBox, synset } from './parts.js';

const CLASSES = 20;

export function latentView(root, { id, layer, latent }) {
  document.title = `Latent ${latent} of ${layer} · Taxoscope`;
  const path = `${experimentPath(id)}/features/${encodeURIComponent(layer)}/${latent}`;
  const state = { detail: null, problem: null, allClasses: false };
  const draw = () => render(page(state, { id, layer, latent, path, load, showClasses }), root);
  const showClasses = () => {
    state.allClasses = true;
    draw();
  };
  const load = async () => {
    try {
      Object.assign(state, { detail: await get(path), problem: null });
    } catch (problem) {
      state.problem = problem;
    }
    draw();
  };
  draw();
  load();
  return { update: () => {}, leave: () => {} };
}

const page = (state, at) => html`
  <p class="crumbs">
    <a href="#/">Experiments</a> ›
    <a href="#/experiments/${encodeURIComponent(at.id)}?layer=${encodeURIComponent(at.layer)}">${at.layer}</a>
  </p>
  <h1>Latent ${at.latent}</h1>
  ${state.problem ? problemBox(state.problem, at.load) : state.detail ? body(state, at) : loading('the latent')}
`;

const body = ({ detail, allClasses }, at) => html`
  ${scores(detail.scores)}
  <p class="actions">
    <a class="button" href=${at.path}>JSON</a>
    ${detail.scores.best
      ? html`<a
          class="button"
          href="#/experiments/${encodeURIComponent(at.id)}?layer=${encodeURIComponent(at.layer)}&synset=${detail.scores
            .best.wnid}"
        >
          Others for ${lemma(detail.scores.best.name)}
        </a>`
      : nothing}
  </p>
  <h2>Strongest images</h2>
  ${detail.top.length ? gallery(detail) : html`<p class="empty">No image activates this latent.</p>`}
  <h2>Classes</h2>
  ${classes(detail.classes, allClasses, at.showClasses)}
`;

const placement = (place) =>
  place
    ? html`${synset(place.wnid, place.name)}
        <small
          >height ${place.height}, ${count(place.nClasses)} ${place.nClasses === 1 ? 'class' : 'classes'} below</small
        >`
    : html`<small>not scored</small>`;

const scores = ({
  eligible,
  nActive,
  density,
  maxActivation,
  lch,
  robustLch,
  best,
  values,
}) => html`
  ${eligible
    ? nothing
    : html`<p class="callout">
        It fires on ${count(nActive)} images: too few for its place in the hierarchy to be scored.
      </p>`}
  <dl class="scores">
    ${best
      ? html`<div>
          <dt>
            ${explained(
              'Best synset',
              'The synset whose images it detects best by F1: chosen on one half, reported on the other.',
            )}
          </dt>
          <dd>${placement(best)}</dd>
        </div>`
      : nothing}
    ${best
      ? ['f1', 'precision', 'recall', 'lift'].map(
          (key) =>
            html`<div>
              <dt>${key === 'f1' ? 'F1' : key}</dt>
              <dd>${number(best[key], key === 'lift' ? 1 : 3)}</dd>
            </div>`,
        )
      : nothing}
    <div>
      <dt>${explained('LCH', 'Lowest common hypernym: the lowest synset that covers all its top images.')}</dt>
      <dd>${placement(lch)}</dd>
    </div>
    <div>
      <dt>${explained('Robust LCH', 'The lowest synset that covers most of its top images.')}</dt>
      <dd>${placement(robustLch)}</dd>
    </div>
    <div>
      <dt>
        ${explained(
          'Class entropy',
          'In nats, and as a share of what it would be if all classes were alike: 0 when all activation falls on one class.',
        )}
      </dt>
      <dd>${number(values.ENTROPY, 2)} <small>${percent(values.NORMALISED_ENTROPY)} of the most possible</small></dd>
    </div>
    <div>
      <dt>Active on</dt>
      <dd>${count(nActive)} images <small>${percent(density, 2)}</small></dd>
    </div>
    <div>
      <dt>Strongest activation</dt>
      <dd>${number(maxActivation, 3)}</dd>
    </div>
  </dl>
`;

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

function classes(all, showAll, showClasses) {
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
                <th scope="row">${synset(entry.wnid, entry.name)}</th>
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

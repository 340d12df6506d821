// An image of one's own: which latents of the chosen layer it activates most.
import { html, nothing } from 'lit-html';
import { experimentPath, request, withQuery } from './api.js';
import { dictionaryOf } from './dictionaries.js';
import { number } from './format.js';
import { cardOf } from './latents.js';
import { problemBox } from './parts.js';

/** Keeps the last image and its answer; another layer or dictionary asks again. */
export function imagePart(id, draw) {
  const state = { file: null, picture: null, key: null, layer: null, dictionary: {}, answer: null, problem: null, busy: false };

  const ask = async () => {
    const { key, file } = state;
    Object.assign(state, { answer: null, problem: null, busy: true });
    draw();
    try {
      const path = `${experimentPath(id)}/layers/${encodeURIComponent(state.layer)}/image`;
      const answer = await request('POST', withQuery(path, state.dictionary), {
        body: file,
        headers: { 'content-type': 'application/octet-stream' },
      });
      if (key === state.key && file === state.file) Object.assign(state, { answer, busy: false });
    } catch (problem) {
      if (key === state.key && file === state.file) Object.assign(state, { problem, busy: false });
    }
    draw();
  };
  const take = (file) => {
    if (!file) return;
    if (state.picture) URL.revokeObjectURL(state.picture);
    Object.assign(state, { file, picture: URL.createObjectURL(file) });
    ask();
  };

  return {
    choose: (layer, asked) => {
      if (!layer) return;
      const dictionary = dictionaryOf(asked);
      const key = JSON.stringify([layer.layer, dictionary]);
      if (key === state.key) return;
      Object.assign(state, { key, layer: layer.layer, dictionary });
      if (state.file) ask();
    },
    leave: () => state.picture && URL.revokeObjectURL(state.picture),
    draw: () =>
      html`<section class="own-image" aria-label="An image of yours">
        <h2>An image of yours</h2>
        <p class="lead">Which latents of ${state.layer} does it activate? The image is looked at and not kept.</p>
        <p>
          <label>
            Choose an image
            <input type="file" accept="image/*" @change=${(event) => take(event.target.files[0])} />
          </label>
          ${state.picture ? html`<img class="chosen" src=${state.picture} alt="The image that was chosen" />` : nothing}
        </p>
        <div aria-live="polite">${answerOf(state, id, ask)}</div>
      </section>`,
  };
}

function answerOf({ answer, problem, busy }, id, ask) {
  if (problem) return problemBox(problem, ask);
  if (busy) return html`<p class="loading" role="status">Looking at the image…</p>`;
  if (!answer) return nothing;
  if (answer.latents.length === 0) return html`<p class="empty">It activates no latent of this layer.</p>`;
  return html`<p class="facts">${timeOf(answer.timing)}</p>
    <ul class="cards">
      ${answer.latents.map(({ activation, feature }) =>
        cardOf(feature, id, 'F1', html`<p class="sorted">activation <b>${number(activation, 2)}</b></p>`),
      )}
    </ul>`;
}

const timeOf = ({ total, model, modelWasLoaded }) =>
  `${Math.round(1000 * total)} ms in all, ${Math.round(1000 * model)} ms of them in the model` +
  (modelWasLoaded ? '.' : '; it had to be loaded first.');

// What a person can do with an experiment.
import { html, nothing } from 'lit-html';
import { experimentPath, isFinished, post, request } from './api.js';

const ASK_REMOVAL = 'Remove this experiment with its SAEs, encodings and scores? This cannot be undone.';

/** Buttons that fit the state; `done(view)` gets the answer, null after a removal. */
export function actionButtons(experiment, done, failed) {
  const path = experimentPath(experiment.id);
  const run = (action) => async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      done(await action());
    } catch (problem) {
      failed(problem);
    } finally {
      button.disabled = false;
    }
  };
  const remove = run(() => request('DELETE', path));
  const canRetry = experiment.state === 'FAILED' || experiment.state === 'CANCELLED';
  return html`
    ${isFinished(experiment)
      ? nothing
      : html`<button type="button" @click=${run(() => post(`${path}/cancel`))}>Cancel</button>`}
    ${canRetry
      ? html`<button
          type="button"
          data-tip="Takes it up where it stopped; finished steps are kept."
          @click=${run(() => post(`${path}/retry`))}
        >
          Retry
        </button>`
      : nothing}
    <a class="button" href="#/new?from=${encodeURIComponent(experiment.id)}">Copy</a>
    ${isFinished(experiment)
      ? html`<button type="button" class="quiet" @click=${(event) => confirm(ASK_REMOVAL) && remove(event)}>
          Remove
        </button>`
      : nothing}
  `;
}

// Which dictionary of a layer is looked at: the trained SAE, a control, the second seed, or a checkpoint.
import { html, nothing } from 'lit-html';
import { count } from './format.js';

const NAMES = {
  TRAINED: 'trained SAE',
  UNTRAINED: 'untrained SAE',
  NEURONS: 'neurons',
  PCA: 'principal directions',
  SECOND_SEED: 'second seed',
  CHECKPOINT: 'SAE at step',
};

export const dictionaryName = ({ variant, step }) => (step ? `${NAMES[variant]} ${count(step)}` : NAMES[variant]);

/** As the address names it: `{variant, step}`; the trained SAE where it names none. */
export const dictionaryOf = ({ variant = 'TRAINED', step }) => ({ variant, step: step ? Number(step) : undefined });

export const isTrained = ({ variant }) => variant === 'TRAINED';

/** The same as part of an address: nothing for the trained SAE. */
export const inAddress = (dictionary) =>
  isTrained(dictionary) ? { variant: null, step: null } : { variant: dictionary.variant, step: dictionary.step };

export const sameDictionary = (a, b) => a.variant === b.variant && (a.step ?? null) === (b.step ?? null);

/** What is scored, each once, in the order of the stages. @param layer of this one; of any where absent */
export function scoredDictionaries({ stages }, layer) {
  const found = stages.filter(
    (stage) => stage.kind === 'SCORE' && stage.state === 'SUCCEEDED' && (!layer || stage.layer === layer),
  );
  return [...new Map(found.map(({ variant, step }) => [`${variant}/${step ?? ''}`, { variant, step }])).values()];
}

/** A list to choose one from; nothing where there is no choice. */
export function dictionaryChooser(all, chosen, change) {
  if (all.length < 2 && isTrained(chosen)) return nothing;
  return html`<label>
    Latents of the
    <select name="dictionary" @change=${(event) => change(inAddress(all[event.target.selectedIndex]))}>
      ${all.map(
        (dictionary) =>
          html`<option ?selected=${sameDictionary(dictionary, chosen)}>${dictionaryName(dictionary)}</option>`,
      )}
    </select>
  </label>`;
}

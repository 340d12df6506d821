// How well each layer marks a synset: one coloured cell for each layer, with the number in it.
import { html, nothing } from 'lit-html';
import { number } from './format.js';
import { latentAddress } from './latents.js';
import { shortNames } from './plot.js';

export const layerHeads = (layers) => {
  const names = shortNames(layers);
  return layers.map(({ layer }, i) => html`<th scope="col" class="heat" data-tip=${layer}>${names[i]}</th>`);
};

/**
 * Strong colour for a good detector; a dot where no latent of the layer marks the synset; a bar below where the synset is
 * some latent's LCH.
 *
 * @param known layers and the dictionary that the marks are of
 * @param isWithBelow the best of the synset and all below it
 */
export const heatCells = (id, { layers, dictionary }, { marks }, isWithBelow = false) =>
  layers.map(({ layer }, i) => {
    const { best, nLatents, bestInSubtree, nLch } = marks[i];
    const shown = isWithBelow ? bestInSubtree : best;
    const kind = `heat ${nLch && !isWithBelow ? 'covered' : ''} ${isWithBelow ? 'below' : ''}`;
    if (!shown) return html`<td class="${kind} none" data-tip=${nLch ? lchWords(nLch) : nothing}>·</td>`;
    const words = [`Latent ${shown.latent} of ${layer}: F1 ${number(shown.f1, 3)}`];
    if (isWithBelow) words.push('the best of all at or below');
    else if (nLatents > 1) words.push(`${nLatents} latents mark it`);
    if (nLch) words.push(lchWords(nLch));
    return html`<td class=${kind} style="--f1:${shown.f1}">
      <a
        href=${latentAddress(id, layer, shown.latent, dictionary)}
        class=${shown.f1 >= 0.85 ? 'strong' : shown.f1 >= 0.65 ? 'middling' : ''}
        data-tip=${words.join('; ')}
        >${number(shown.f1, 2)}</a
      >
    </td>`;
  });

const lchWords = (nLch) => `LCH of ${nLch} ${nLch === 1 ? 'latent' : 'latents'}`;

// Every score of one latent, and the synset that each criterion chose for it.
import { html, nothing } from 'lit-html';
import { count, number, percent } from './format.js';
import { explained, synsetLink } from './parts.js';
import { CRITERIA, GROUPS, SCORES, probability } from './scores.js';

export const latentScores = (scores, id) => html`
  ${scores.eligible
    ? nothing
    : html`<p class="callout">
        It fires on ${count(scores.nActive)} images: too few for its place in the hierarchy to be scored.
      </p>`}
  <dl class="scores headline">
    ${scores.best
      ? fact(
          'Best synset',
          'The synset whose images it detects best by F1: chosen on one half, reported on the other.',
          placement(id, scores.best),
        )
      : nothing}
    ${scores.lch
      ? fact(
          'LCH',
          'Lowest common hypernym: the lowest synset that covers all its top images.',
          placement(id, scores.lch),
        )
      : nothing}
    ${scores.robustLch
      ? fact('Robust LCH', 'The lowest synset that covers most of its top images.', placement(id, scores.robustLch))
      : nothing}
    ${fact(
      'Active on',
      'images that activate it at all',
      html`${count(scores.nActive)} images <small>${percent(scores.density, 2)}</small>`,
    )}
    ${fact('Strongest activation', 'in the units of the layer’s activations', number(scores.maxActivation, 3))}
  </dl>
  ${Object.keys(scores.values).length ? every(scores) : nothing} ${scores.best ? criteria(scores, id) : nothing}
`;

const fact = (name, tip, value) =>
  html`<div>
    <dt>${explained(name, tip)}</dt>
    <dd>${value}</dd>
  </div>`;

const placement = (id, place) =>
  html`${synsetLink(id, place.wnid, place.name)}
    <small
      >height ${place.height}, ${count(place.nClasses)} ${place.nClasses === 1 ? 'class' : 'classes'} below</small
    >`;

const every = ({ values }) =>
  html`<div class="groups">
    ${GROUPS.map(
      ([group, scores]) =>
        html`<section>
          <h3>${group}</h3>
          <dl class="list">
            ${scores
              .filter(([key]) => key in values)
              .map(
                ([key, { name, tip, format }]) =>
                  html`<dt>${explained(name, tip)}</dt>
                    <dd>${format(values[key])}</dd>`,
              )}
          </dl>
        </section>`,
    )}
  </div>`;

const COLUMNS = [
  ['f1', 'F1', 3],
  ['ap', 'AP', 3],
  ['auroc', 'AUROC', 3],
  ['mcc', 'MCC', 3],
  ['lift', 'lift', 2],
  ['precision', 'precision', 3],
  ['recall', 'recall', 3],
  ['purity', 'purity', 3],
];

/** The criteria may choose different synsets; each row is one synset with all of its numbers. */
const criteria = ({ best, bestBy }, id) =>
  html`<details class="fold" open>
    <summary>The synset that each criterion chooses, with all of its numbers on the other half of the images</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Best synsets by criterion">
      <table class="report">
        <thead>
          <tr>
            <th scope="col">chosen by</th>
            <th scope="col">synset</th>
            ${COLUMNS.map(([, head]) => html`<th scope="col">${head}</th>`)}
            <th scope="col">
              ${explained('p', 'hypergeometric: chance of as many images of the synset among random ones')}
            </th>
            <th scope="col">${explained('q', SCORES.Q_VALUE.tip)}</th>
          </tr>
        </thead>
        <tbody>
          ${CRITERIA.map((criterion) => [criterion, criterion === 'F1' ? best : bestBy?.[criterion]])
            .filter(([, found]) => found)
            .map(
              ([criterion, found]) =>
                html`<tr>
                  <th scope="row">${SCORES[criterion].name}</th>
                  <td>${synsetLink(id, found.wnid, found.name)} <small>height ${found.height}</small></td>
                  ${COLUMNS.map(
                    ([key, head, digits]) =>
                      html`<td class=${head === SCORES[criterion].name ? 'trained' : ''}>
                        ${number(found[key], digits)}
                      </td>`,
                  )}
                  <td>${probability(found.pValue)}</td>
                  <td>${probability(found.qValue)}</td>
                </tr>`,
            )}
        </tbody>
      </table>
    </div>
  </details>`;

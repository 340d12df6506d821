// The scores of a latent, by the API's names: what each is called, how it reads, what it says. Definitions: docs/metrics.md.
import { number } from './format.js';

const to = (digits) => (value) => number(value, digits);

/** Small probabilities by their magnitude: 0.00 would claim too much. */
export const probability = (value) =>
  value === null || value === undefined
    ? '–'
    : value >= 0.001 || value === 0
      ? number(value, 3)
      : value.toExponential(0).replace('e-', ' × 10⁻').replace(/\d+$/, raised);

const raised = (digits) => [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]).join('');

const BEST = 'Best synset';
const PLACE = 'Place in the hierarchy';
const TOP = 'Strongest images';
const CLASSES = 'All its images';

const score = (name, group, towards, format, tip) => ({ name, group, towards, format, tip });

export const SCORES = {
  F1: score(
    'F1',
    BEST,
    'up',
    to(3),
    'Precision and recall together, of firing as a detector of the synset; chosen on one half of the images, reported on the other.',
  ),
  AP: score(
    'AP',
    BEST,
    'up',
    to(3),
    'Average precision: all images ranked by activation, how far up those of the synset are. Needs no threshold.',
  ),
  AUROC: score(
    'AUROC',
    BEST,
    'up',
    to(3),
    'Chance that an image of the synset is above another one in the ranking by activation; 0.5 says nothing.',
  ),
  MCC: score('MCC', BEST, 'up', to(3), 'Correlation of firing and of being an image of the synset; 0 says nothing.'),
  LIFT: score(
    'Lift',
    BEST,
    'up',
    to(2),
    'How many times likelier the synset is among the images that fire than among all.',
  ),
  PRECISION: score(
    'Precision',
    BEST,
    'up',
    to(3),
    'Share of the firing images that belong to the synset chosen by F1.',
  ),
  RECALL: score('Recall', BEST, 'up', to(3), 'Share of the images of the synset chosen by F1 that fire.'),
  Q_VALUE: score(
    'q-value',
    BEST,
    'down',
    probability,
    'False discovery rate at which the synset chosen by F1 is significant, over all latents and synsets.',
  ),
  LCH_HEIGHT: score(
    'LCH height',
    PLACE,
    'down',
    to(2),
    'Levels between a class and the lowest synset that covers all top images.',
  ),
  ROBUST_LCH_HEIGHT: score(
    'Robust LCH height',
    PLACE,
    'down',
    to(2),
    'The same for most of the top images (nine of ten unless the experiment says otherwise).',
  ),
  LCH_NORMALISED_HEIGHT: score(
    'LCH height, normalised',
    PLACE,
    'down',
    to(3),
    'LCH height over the height of the root.',
  ),
  LCH_SHORTEST_HEIGHT: score(
    'LCH height, shortest',
    PLACE,
    'down',
    to(2),
    'Shortest way from the LCH down to a class.',
  ),
  LCH_DEPTH: score('LCH depth', PLACE, 'up', to(2), 'Longest way from the root down to the LCH.'),
  PURITY: score(
    'Purity',
    TOP,
    'up',
    to(3),
    'Share of the top images that belong to the synset chosen by F1. Not held out.',
  ),
  CLASS_PURITY: score('Class purity', TOP, 'up', to(3), 'Share of the top images that show their most frequent class.'),
  LIN_COHERENCE: score('Lin coherence', TOP, 'up', to(3), 'Mean Lin similarity of two top images, by activation.'),
  WU_PALMER_COHERENCE: score(
    'Wu-Palmer coherence',
    TOP,
    'up',
    to(3),
    'Mean Wu-Palmer similarity of two top images, by activation.',
  ),
  LIN_CLASS_COHERENCE: score(
    'Lin coherence, all images',
    CLASSES,
    'up',
    to(3),
    'Mean Lin similarity of two images that fire, by activation.',
  ),
  WU_PALMER_CLASS_COHERENCE: score(
    'Wu-Palmer coherence, all images',
    CLASSES,
    'up',
    to(3),
    'Mean Wu-Palmer similarity of two images that fire, by activation.',
  ),
  ENTROPY: score(
    'Class entropy',
    CLASSES,
    'down',
    to(2),
    'How the activation is spread over the classes, in nats: 0 when all of it falls on one.',
  ),
  NORMALISED_ENTROPY: score(
    'Class entropy, normalised',
    CLASSES,
    'down',
    to(3),
    'Class entropy over what it would be if all classes were alike.',
  ),
  EFFECTIVE_CLASSES: score(
    'Effective classes',
    CLASSES,
    'down',
    to(1),
    'As many equally strong classes would have this entropy.',
  ),
};

/** Criteria by which a synset is chosen for a latent; sorting by one shows the synset that it chose. */
export const CRITERIA = ['F1', 'AP', 'AUROC', 'MCC', 'LIFT'];

/** `[group, [[key, score]…]]`, in the order above. */
export const GROUPS = [...Map.groupBy(Object.entries(SCORES), ([, { group }]) => group)];

/** The synset that stands for a latent under an order: the one its criterion chose, else the one chosen by F1. */
export const bestOf = (scores, sort) => (sort !== 'F1' && scores.bestBy?.[sort]) || scores.best;

// What the layer report measures: where each number stands, how it reads, what it means.
import { number, percent } from './format.js';
import { SCORES } from './scores.js';

/** Ways to read the commonest scores; the others have their tip. */
const MEANING = {
  F1: [
    `Read each latent as a detector: it fires or it doesn't. The best synset is the one whose images it detects best by F1
    (precision and recall together). It is chosen on one half of the images and F1 is reported on the other half, so picking
    the best of many synsets doesn't flatter it.`,
    'This is the headline: an untrained dictionary may fire on alike images, but it cannot find all of a synset’s.',
  ],
  LCH_HEIGHT: [
    `Take the images that activate a latent most, look up their classes in WordNet, and find the lowest synset that covers
    them all: the lowest common hypernym (LCH). Its height is the longest way from there down to a class: 0 when all images
    show one class, high when they share little more than “physical object”.`,
    `Low is specific, but not yet good: random directions of a semantic layer also have alike images at their end. Read it
    beside F1 and the untrained SAE.`,
  ],
  ROBUST_LCH_HEIGHT: [
    `The same height, but the synset has to cover only most of a latent's top images. One odd image among nine golden
    retrievers no longer turns “golden retriever” into “physical object”.`,
  ],
  AP: [
    `All images ranked by how strongly they activate the latent: how far up are those of its best synset? Unlike F1 it needs
    no threshold, and it sees a latent that fires for everything but most for one thing.`,
  ],
  ENTROPY: [
    `How a latent's activation is spread over the classes: 0 when all of it falls on one, the logarithm of the number of
    classes when it is even. It knows nothing of the hierarchy, which is why it stands beside the heights.`,
  ],
};

const AXES = {
  F1: 'mean F1 of a latent’s best synset (held out)',
  AP: 'mean average precision of a latent’s best synset (held out)',
  LCH_HEIGHT: 'mean LCH height (levels above a class)',
  ROBUST_LCH_HEIGHT: 'mean robust LCH height (levels above a class)',
  ENTROPY: 'mean class entropy (nats)',
};

const TABS = { F1: 'Best-synset F1', AP: 'Average precision' };

const BETTER = { F1: 'better detectors', LCH_HEIGHT: 'more specific', ENTROPY: 'fewer classes' };

const scored = ([id, { name, towards, format, tip }]) => ({
  id,
  tab: TABS[id] ?? name,
  axis: AXES[id] ?? `mean ${name} over latents`,
  towards,
  better: BETTER[id] ?? 'more telling',
  format,
  read: ({ hierarchy }) => hierarchy.scores[id],
  meaning: MEANING[id] ?? [tip],
});

const share = (value) => percent(value, 1);

/** A share of synsets reads like a score: its value is the mean. */
const shared = ({ value, chance, permuted } = {}) => ({ mean: value, chance, permuted });

const COVERAGE = {
  id: 'COVERAGE',
  tab: 'Ontological Coverage',
  axis: 'share of reachable synsets that are some latent’s LCH',
  towards: 'up',
  better: 'more of the hierarchy',
  format: share,
  ticks: '.0%',
  read: ({ hierarchy }) => shared(hierarchy.coverage.reachable),
  meaning: [
    `How much of the hierarchy the layer's latents reach together: the synsets that are the LCH of at least one latent,
    over those that can be an LCH at all. That denominator makes 100 % attainable; under “all synsets” it is not, because
    many have the same classes below them as a child. The other denominators are in the JSON.`,
    'It grows with the number of eligible latents, so compare only dictionaries that have about as many.',
  ],
};

const TAU = 0.5;

const DETECTED = {
  id: 'DETECTED',
  tab: `Detected synsets`,
  axis: `share of reachable synsets that some latent detects with F1 ≥ ${TAU}`,
  towards: 'up',
  better: 'more of the hierarchy',
  format: share,
  ticks: '.0%',
  read: ({ hierarchy }) =>
    shared(hierarchy.coverageAt.find(({ criterion, tau }) => criterion === 'F1' && tau === TAU)?.shares.reachable),
  meaning: [
    `Coverage@${TAU}: the synsets for which the layer has a detector that deserves the name, over those that can be told
    apart at all. For each synset the latent is chosen on one half of the images and must hold on the other.`,
  ],
};

export const MEASURES = [...Object.entries(SCORES).map(scored), COVERAGE, DETECTED];

/** The first ones to look at; the rest are in a list. */
export const HEADLINES = ['F1', 'LCH_HEIGHT', 'AP', 'DETECTED', 'COVERAGE', 'ENTROPY'];

const reconstruction = (key) => ({ read: ({ sae }) => ({ mean: sae[key] }) });

export const RECONSTRUCTION = [
  {
    id: 'fvu',
    title: 'FVU',
    axis: 'fraction of variance unexplained',
    format: (value) => number(value, 3),
    ...reconstruction('fvu'),
  },
  {
    id: 'l0',
    title: 'L0',
    axis: 'active latents for an image',
    format: (value) => number(value, 1),
    ...reconstruction('l0'),
  },
  {
    id: 'deadFraction',
    title: 'dead',
    axis: 'share of dead latents',
    format: (value) => percent(value, 1),
    ticks: '.0%',
    ...reconstruction('deadFraction'),
  },
];

export const RECONSTRUCTION_MEANING = [
  `How faithfully the sparse autoencoder keeps the layer's activations. FVU is the fraction of their variance that the
  reconstruction misses (0 is perfect, 1 is as good as the mean). L0 is how many latents are active for an image. A latent is
  dead when no image of the set activates it.`,
  'Scores of the hierarchy are only worth reading where the reconstruction is good.',
];

export const measureOf = (id) => MEASURES.find((measure) => measure.id === id) ?? MEASURES[0];

/** Bins of equal width with their ends. */
export const bins = (histogram) =>
  histogram?.counts.map((count, i) => ({ from: edge(histogram, i), to: edge(histogram, i + 1), count }));

// Whole numbers of bins per unit give whole edges, not 3.0000000000000004.
const edge = ({ from, to, counts }, i) => Number((from + ((to - from) * i) / counts.length).toPrecision(12));

// What the layer report measures: where each number stands, how it reads, what it means.
import { number, percent } from './format.js';

const scored = (key) => ({
  trained: (report) => report.hierarchy.scores[key]?.mean,
  interval: (report) => [report.hierarchy.scores[key]?.ciLow, report.hierarchy.scores[key]?.ciHigh],
  untrained: (report) => report.untrained?.scores[key]?.mean,
  permuted: (report) => report.hierarchy.scores[key]?.permuted,
  chance: (report) => report.hierarchy.scores[key]?.chance,
  spread: (report) => report.hierarchy.scores[key]?.chanceSd,
  histogram: (report) => bins(report.hierarchy.scores[key]?.histogram),
  untrainedHistogram: (report) => bins(report.untrained?.scores[key]?.histogram),
});

/** Bins of equal width with their ends. */
const bins = (histogram) =>
  histogram?.counts.map((count, i) => ({
    from: edge(histogram, i),
    to: edge(histogram, i + 1),
    count,
  }));

// Whole numbers of bins per unit give whole edges, not 3.0000000000000004.
const edge = ({ from, to, counts }, i) => Number((from + ((to - from) * i) / counts.length).toPrecision(12));

const reconstruction = (key) => ({
  trained: (report) => report.sae[key],
  untrained: (report) => report.untrainedSae?.[key],
});

const height = (value) => number(value, 2);

export const MEASURES = [
  {
    id: 'lchHeight',
    tab: 'LCH height',
    axis: 'mean LCH height (levels above a class)',
    towards: 'down',
    better: 'more specific',
    format: height,
    ...scored('LCH_HEIGHT'),
    meaning: [
      `Take the images that activate a latent most, look up their classes in WordNet, and find the lowest synset that covers
      them all: the lowest common hypernym (LCH). Its height is the longest way from there down to a class: 0 when all images
      show one class, high when they share little more than “physical object”.`,
      `The lower the line, the more a layer's latents keep to one branch of the hierarchy. Compare it with chance (as many
      images at random), with an untrained SAE of the same shape, and with permuted labels. One odd image is enough to lift
      it; the robust form forgives that.`,
    ],
  },
  {
    id: 'robustLchHeight',
    tab: 'Robust LCH height',
    axis: 'mean robust LCH height (levels above a class)',
    towards: 'down',
    better: 'more specific',
    format: height,
    ...scored('ROBUST_LCH_HEIGHT'),
    meaning: [
      `The same height, but the synset has to cover only most of a latent's top images (nine of ten unless the experiment says
      otherwise). One odd image among nine golden retrievers no longer turns “golden retriever” into “physical object”.`,
    ],
  },
  {
    id: 'coverage',
    tab: 'Ontological Coverage',
    axis: 'share of reachable synsets that are some latent’s LCH',
    towards: 'up',
    better: 'more of the hierarchy',
    format: (value) => percent(value, 1),
    ticks: '.0%',
    trained: (report) => report.hierarchy.coverage.reachable.value,
    untrained: (report) => report.untrained?.coverage.reachable.value,
    permuted: (report) => report.hierarchy.coverage.reachable.permuted,
    chance: (report) => report.hierarchy.coverage.reachable.chance,
    meaning: [
      `How much of the hierarchy the layer's latents reach together: the synsets that are the LCH of at least one latent,
      over those that can be an LCH at all. That denominator makes 100 % attainable; under “all synsets” it is not, because
      many have the same classes below them as a child. The other denominators are in the JSON.`,
    ],
  },
  {
    id: 'bestSynsetF1',
    tab: 'Best-synset F1',
    axis: 'mean F1 of a latent’s best synset (held out)',
    towards: 'up',
    better: 'better detectors',
    format: (value) => number(value, 3),
    ...scored('F1'),
    meaning: [
      `Read each latent as a detector: it fires or it doesn't. The best synset is the one whose images it detects best by F1
      (precision and recall together). It is chosen on one half of the images and F1 is reported on the other half, so picking
      the best of many synsets doesn't flatter it.`,
    ],
  },
  {
    id: 'classEntropy',
    tab: 'Class entropy',
    axis: 'mean class entropy (nats)',
    towards: 'down',
    better: 'fewer classes',
    format: (value) => number(value, 2),
    ...scored('ENTROPY'),
    meaning: [
      `How a latent's activation is spread over the classes: 0 when all of it falls on one, the logarithm of the number of
      classes when it is even. It knows nothing of the hierarchy, which is why it stands beside the heights.`,
    ],
  },
];

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

export const SERIES = [
  {
    id: 'trained',
    name: 'trained SAE',
    tip: 'The sparse autoencoder trained on this layer. Bars: 95 % bootstrap interval of the mean.',
  },
  {
    id: 'untrained',
    name: 'untrained SAE',
    tip: 'The same shape with its initial weights: what the architecture gives without learning.',
  },
  {
    id: 'permuted',
    name: 'permuted labels',
    tip: 'The trained SAE scored against shuffled labels: what is left when labels mean nothing.',
  },
  {
    id: 'chance',
    name: 'chance',
    tip: 'The expected score when each latent’s images are drawn at random. Band: ± one standard deviation of a single latent.',
  },
];

export const measureOf = (id) => MEASURES.find((measure) => measure.id === id) ?? MEASURES[0];

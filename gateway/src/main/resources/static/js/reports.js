// A layer report as the page reads it: each measure of each dictionary, and whether the trained one stands out.

/** The API's report with its dictionaries by name. */
export const arranged = (report) => ({
  ...report,
  of: Object.fromEntries(report.variants.map((variant) => [variant.variant, variant])),
  ...report.variants[0],
});

export const isNumber = (value) => typeof value === 'number' && Number.isFinite(value);

/** What the lines, marks and columns stand for. `variant` names a dictionary; the others are controls of the trained one. */
export const SERIES = [
  {
    id: 'trained',
    variant: 'TRAINED',
    name: 'trained SAE',
    head: 'trained',
    tip: 'The sparse autoencoder trained on this layer; means are over its eligible latents. Bars: 95 % bootstrap interval of the mean.',
  },
  {
    id: 'second',
    variant: 'SECOND_SEED',
    name: 'second seed',
    head: 'second seed',
    tip: 'The same training with another seed: how much is luck.',
  },
  {
    id: 'untrained',
    variant: 'UNTRAINED',
    name: 'untrained SAE',
    head: 'untrained',
    tip: 'The same shape with its initial weights: what the architecture gives without learning.',
  },
  {
    id: 'neurons',
    variant: 'NEURONS',
    name: 'neurons',
    head: 'neurons',
    tip: 'The layer’s own coordinates and their negatives, as many active at once: what it gives without a dictionary.',
  },
  {
    id: 'pca',
    variant: 'PCA',
    name: 'PCA',
    head: 'PCA',
    tip: 'The principal directions and their negatives, as many active at once: what a linear method gives.',
  },
  {
    id: 'control',
    name: 'its control',
    head: 'control',
    tip: 'The same mean of the trained SAE without the thing that is measured; the text beside the figure says what is dealt anew. Band: ± one standard deviation of that mean.',
  },
  {
    id: 'permuted',
    name: 'permuted labels',
    head: 'permuted',
    tip: 'The trained SAE scored against shuffled labels: what is left when labels mean nothing.',
  },
  {
    id: 'chance',
    name: 'chance',
    head: 'chance',
    tip: 'Expected when each latent’s images are drawn at random. Band: ± one standard deviation of a single latent.',
  },
];

/** One measure of one dictionary: `{mean, ciLow, ciHigh, chance, chanceSd, permuted, histogram}`, as far as it exists. */
export const reading = (report, measure, variant = 'TRAINED') => {
  const dictionary = report.of[variant];
  return (dictionary && measure.read(dictionary)) ?? {};
};

export const valueOf = (report, measure, series) =>
  series.variant ? reading(report, measure, series.variant).mean : reading(report, measure)[series.id];

/** Series that have a value here. */
export const values = (report, measure) =>
  SERIES.map((series) => ({ series, value: valueOf(report, measure, series) })).filter(({ value }) => isNumber(value));

/** Series that any of the layers has. */
export const seriesOf = (reports, measure) =>
  SERIES.filter((series) => reports.some((report) => isNumber(valueOf(report, measure, series))));

/** Trained less untrained, with the interval that the API gives; absent without an untrained dictionary. */
export function margin(report, measure) {
  const given = report.of.UNTRAINED?.margins.find(({ score }) => score === measure.id);
  if (given) return given;
  const [trained, untrained] = [reading(report, measure).mean, reading(report, measure, 'UNTRAINED').mean];
  return isNumber(trained) && isNumber(untrained) ? { difference: trained - untrained } : null;
}

/** What a margin says: `better`, `worse`, `alike` when its interval holds 0, or `unknown` without an interval. */
export function verdict(measure, found) {
  if (!found || !isNumber(found.ciLow) || !isNumber(found.ciHigh)) return 'unknown';
  if (found.ciLow <= 0 && found.ciHigh >= 0) return 'alike';
  return found.difference > 0 === (measure.towards === 'up') ? 'better' : 'worse';
}

// What relations of latents and comparisons of dictionaries measure: where each number stands and what its control deals anew.
import { number, percent } from './format.js';

const to = (digits) => (value) => number(value, digits);
const share = (value) => percent(value, 1);

const RARE = 'The control: random latents that fire as often in the place of each.';
const DIRECTIONS = `The control is that of the implication: the directions of random latents that fire as often.`;
const DEALT = 'The control deals the synsets of the second side anew; it is exact.';

/** @param read the mean with its interval and control, out of a dictionary's relations or a layer's comparison */
const measure = (id, tab, axis, format, towards, better, read, meaning) => ({
  id,
  tab,
  axis,
  format,
  ticks: format === share ? '.0%' : undefined,
  towards,
  better,
  read: (dictionary) => read(dictionary),
  meaning,
  hasVerdict: false,
});

const related = (part) => (dictionary) => dictionary.relation && part(dictionary.relation);
const seeds = (part) => (dictionary) => dictionary.seeds && part(dictionary.seeds);
const next = (part) => (dictionary) => dictionary.next && part(dictionary.next);

const IMPLICATION = [
  measure(
    'PARENT_GIVEN_CHILD',
    'Parent given child',
    'mean P(parent fires | child fires) over direct pairs',
    share,
    'up',
    'the parent covers its child',
    related(({ implication }) => implication.parentGivenChild),
    ['Of the images on which a child latent fires, the share on which its parent does: a hierarchy would give 100 %.', RARE],
  ),
  measure(
    'CHILD_GIVEN_PARENT',
    'Child given parent',
    'mean P(child fires | parent fires) over direct pairs',
    share,
    null,
    null,
    related(({ implication }) => implication.childGivenParent),
    ['Of the images on which a parent latent fires, the share on which this child does.', RARE],
  ),
  measure(
    'IMPLICATION_LIFT',
    'Lift of the implication',
    'mean P(parent | child) over P(parent)',
    to(2),
    'up',
    'more than by its frequency',
    related(({ implication }) => implication.lift),
    ['How many times likelier a parent fires where its child does. A parent that fires everywhere has a lift of 1.', RARE],
  ),
  measure(
    'OR_JACCARD',
    'Parent like its children together',
    'mean Jaccard index of a parent and the union of its direct children',
    to(3),
    'up',
    'parent = children together',
    related(({ implication }) => implication.orJaccard),
    ['Images on which a parent and any of its children fire, over those on which either does.', RARE],
  ),
];

const ABSORPTION = [
  measure(
    'FULL_ABSORPTION',
    'Full absorption',
    'mean share of a synset’s images on which another latent stands in for its own',
    share,
    'down',
    'latents speak for themselves',
    related(({ absorption }) => absorption?.full),
    [
      'A synset’s main latents are silent and one other latent carries its direction: the narrower latent has absorbed the wider one.',
      'The control gives every latent another one’s direction.',
    ],
  ),
  measure(
    'ABSORPTION_FRACTION',
    'Absorption fraction',
    'mean share of a synset’s evidence that other latents carry',
    share,
    'down',
    'latents speak for themselves',
    related(({ absorption }) => absorption?.fraction),
    [
      'How much of the evidence for a synset comes from latents other than its main ones.',
      'The control gives every latent another one’s direction.',
    ],
  ),
  measure(
    'HOLE_SHARE',
    'Holes',
    'mean share of a synset’s classes on which its latent is silent',
    share,
    'down',
    'whole synsets',
    related(({ holes }) => holes.holeShare),
    [
      'A latent that stands for a synset has a hole where it fires on less than a tenth of a class’s images.',
      'The control spreads the latent’s firings evenly over its synset.',
    ],
  ),
  measure(
    'RECALL_GAP',
    'Recall gap',
    'mean of greatest less least recall among a synset’s branches',
    to(3),
    'down',
    'even over the branches',
    related(({ holes }) => holes.gap),
    [
      'How unevenly a latent covers the branches below its synset.',
      'The control spreads the latent’s firings evenly over its synset.',
    ],
  ),
];

const WHOLE = [
  measure(
    'MATCHING',
    'Matching',
    'mean F1 of at most three latents together, over reachable synsets',
    to(3),
    'up',
    'synsets marked by few',
    related(({ matching }) => matching.score),
    ['For every synset the union of at most three latents that detects it best.', 'The control permutes the labels.'],
  ),
  measure(
    'HIERARCHICAL_F1',
    'Hierarchical F1',
    'hierarchical F1 of firings read as predictions',
    to(3),
    'up',
    'nearer to the truth',
    related(({ hierarchical }) => ({ mean: hierarchical.f1, control: hierarchical.chanceF1 })),
    [
      'Every firing of a latent that stands for a synset, read as a prediction of it: near misses count in part.',
      'The control is exact: the same firings on images drawn from the dataset’s labels.',
    ],
  ),
  measure(
    'MONO_SEMANTICITY',
    'MonoSemanticity',
    'mean likeness of the images that activate a latent',
    to(3),
    null,
    null,
    related(({ monoSemanticity }) => monoSemanticity?.value),
    [
      'Activation-weighted mean cosine of a latent’s images. Nearly blind to training: never read it alone.',
      'The control is exact: the latent’s values on random images.',
    ],
  ),
  measure(
    'PARENT_CHILD_COSINE',
    'Parent and child directions',
    'mean cosine of the directions of direct pairs',
    to(3),
    null,
    null,
    related(({ geometry }) => geometry?.parentChild),
    ['Whether a child’s direction contains its parent’s.', DIRECTIONS],
  ),
];

const SEEDS = [
  measure(
    'SEED_SIMILARITY',
    'Stability over seeds',
    'mean cosine of a latent and its counterpart in the second seed',
    to(3),
    'up',
    'found again',
    seeds(({ similarity }) => similarity),
    [
      'Latents of two seeds are matched one to one (Hungarian); how alike are the directions?',
      'The control deals the coordinates of the second side anew.',
    ],
  ),
  measure(
    'SEED_SYNSET',
    'Same synset in the second seed',
    'share of matched latents with the same synset at both ends',
    share,
    'up',
    'found again',
    seeds(({ sameSynset }) => sameSynset),
    ['Whether the synset that a latent stands for comes back with another seed.', DEALT],
  ),
];

const NEXT = [
  measure(
    'NEXT_SIMILARITY',
    'Overlap with the next layer',
    'mean Jaccard index of a latent and its counterpart in the next layer',
    to(3),
    'up',
    'carried on',
    next(({ similarity }) => similarity),
    [
      'For each latent the one of the next layer that fires on the same images most. The last layer has no next one.',
      'The control deals the next layer’s images anew.',
    ],
  ),
  measure(
    'NEXT_SYNSET',
    'Same synset in the next layer',
    'share of linked latents with the same synset at both ends',
    share,
    'up',
    'carried on',
    next(({ sameSynset }) => sameSynset),
    ['Whether a latent’s counterpart in the next layer stands for the same synset.', DEALT],
  ),
];

export const RELATION_GROUPS = [
  ['Parents and children', IMPLICATION],
  ['Absorption and holes', ABSORPTION],
  ['Synsets and images', WHOLE],
  ['Second seed', SEEDS],
  ['Next layer', NEXT.map((each) => ({ ...each, place: 'the deepest layer that has a next one' }))],
];

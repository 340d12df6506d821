// The taxonomy that the synsets on the page belong to: WordNet, or the uploaded one that the experiment names.
import { get } from './api.js';

let taxonomy;

/** Every view of an experiment says whose it is before it shows a synset. */
export const useTaxonomyOf = ({ spec }) => {
  taxonomy = spec.dataset.taxonomy;
};

export const findSynset = (wnid) => get(`/api/v1/synsets/${encodeURIComponent(wnid)}`, { taxonomy });

export const searchSynsets = (lemma) => get('/api/v1/synsets', { lemma, taxonomy });

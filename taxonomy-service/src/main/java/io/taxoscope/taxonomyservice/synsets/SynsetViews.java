package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.SynsetView;
import io.taxoscope.taxonomy.Synset;
import io.taxoscope.taxonomy.SynsetId;
import java.util.List;

/** Synsets as the contract shows them. */
final class SynsetViews {
    private SynsetViews() {}

    static SynsetView view(Synset synset) {
        return new SynsetView(
                synset.id().value(),
                synset.name(),
                synset.lemmas(),
                synset.gloss(),
                synset.minDepth(),
                synset.maxDepth(),
                synset.parents().stream().map(SynsetId::value).toList(),
                synset.children().size());
    }

    static List<SynsetView> views(List<Synset> synsets) {
        return synsets.stream().map(SynsetViews::view).toList();
    }

    static Page<SynsetView> page(List<Synset> synsets) {
        return new Page<>(views(synsets), null);
    }
}

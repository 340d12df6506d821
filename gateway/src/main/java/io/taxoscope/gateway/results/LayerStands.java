package io.taxoscope.gateway.results;

import io.taxoscope.api.gateway.SynsetCoverage.InLayer;
import io.taxoscope.api.taxonomy.ScoredSynset;
import io.taxoscope.api.taxonomy.ScoringApi;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At which synsets the latents of one layer's dictionary stand.
 *
 * @param byNode by wnid
 */
record LayerStands(String layer, Map<String, InLayer> byNode) {
    private static final int PAGE = 1000;

    static LayerStands read(String layer, String scoringId, ScoringApi scorings) {
        var byNode = new HashMap<String, InLayer>();
        @Nullable String cursor = null;
        do {
            var page = scorings.synsets(scoringId, ScoredSynset.Sort.WNID, null, null, cursor, PAGE);
            page.items().forEach(synset -> byNode.put(synset.wnid(), inLayer(layer, synset)));
            cursor = page.nextCursor();
        } while (cursor != null);
        return new LayerStands(layer, byNode);
    }

    private static InLayer inLayer(String layer, ScoredSynset synset) {
        return new InLayer(layer, synset.nReaching(), synset.nMarking(), synset.bestLatent(), synset.bestF1());
    }
}

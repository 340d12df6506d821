package io.taxoscope.gateway.results;

import io.taxoscope.api.gateway.SynsetCoverage.InLayer;
import io.taxoscope.api.gateway.SynsetLatents.Marking;
import io.taxoscope.gateway.results.LatentMarks.Mark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The eligible latents of one layer's trained SAE. */
record LayerMarks(String layer, List<Mark> latents) {
    /** The layer as seen from each synset that a latent reaches or marks. */
    Map<String, InLayer> byNode() {
        var reaching = new HashMap<String, Integer>();
        var marking = new HashMap<String, List<Mark>>();
        for (Mark mark : latents) {
            if (mark.lch() != null) {
                reaching.merge(mark.lch(), 1, Integer::sum);
            }
            if (mark.best() != null) {
                marking.computeIfAbsent(mark.best(), wnid -> new ArrayList<>()).add(mark);
            }
        }
        var nodes = new HashSet<>(reaching.keySet());
        nodes.addAll(marking.keySet());
        var byNode = new HashMap<String, InLayer>();
        for (String node : nodes) {
            byNode.put(node, inLayer(reaching.getOrDefault(node, 0), marking.getOrDefault(node, List.of())));
        }
        return byNode;
    }

    private InLayer inLayer(int nReaching, List<Mark> marking) {
        @Nullable Mark best = marking.stream().max(Comparator.comparingDouble(Mark::f1)).orElse(null);
        return new InLayer(
                layer, nReaching, marking.size(), best == null ? null : best.latent(), best == null ? null : best.f1());
    }

    List<Marking> markings() {
        var markings = new ArrayList<Marking>();
        for (Mark mark : latents) {
            if (mark.best() != null && mark.name() != null) {
                markings.add(new Marking(layer, mark.latent(), mark.best(), mark.name(), mark.f1()));
            }
        }
        return markings;
    }
}

package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.RelationResult.HoleProfile;
import io.taxoscope.taxonomy.relations.RelationResult.Synset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One row for each reachable synset. */
final class SynsetRows {
    private final RelationInputs inputs;
    private final Map<Integer, SynsetMatching.Match> matchOf = new HashMap<>();
    private final Map<Integer, Absorption.Result> absorptionOf = new HashMap<>();
    private final Map<Integer, Integer> bestLatentOf = new HashMap<>();
    private final Map<Integer, HoleProfile> holes;

    /** @param nodes the nodes that {@code matches} and {@code absorbed} are about, in that order */
    SynsetRows(
            RelationInputs inputs,
            int[] nodes,
            List<SynsetMatching.Match> matches,
            @Nullable List<Absorption.Result> absorbed,
            Map<Integer, HoleProfile> holes) {
        this.inputs = inputs;
        this.holes = holes;
        for (int i = 0; i < nodes.length; i++) {
            matchOf.put(nodes[i], matches.get(i));
            if (absorbed != null) {
                absorptionOf.put(nodes[i], absorbed.get(i));
            }
        }
        var assignment = inputs.assignment();
        Arrays.stream(assignment.standing())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(latent -> -assignment.f1(latent))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(latent -> bestLatentOf.putIfAbsent(assignment.node(latent), latent));
    }

    List<Synset> rows() {
        var taxonomy = inputs.labels().taxonomy();
        return IntStream.range(0, taxonomy.nNodes())
                .filter(taxonomy::isReachable)
                .mapToObj(node -> new Synset(
                        node, inputs.labels().below(Half.REPORT, node), match(node), absorption(node), holes(node)))
                .toList();
    }

    private RelationResult.@Nullable Match match(int node) {
        var match = matchOf.get(node);
        return match == null
                ? null
                : new RelationResult.Match(match.latents(), match.precision(), match.recall(), match.score());
    }

    private RelationResult.@Nullable Absorption absorption(int node) {
        var found = absorptionOf.get(node);
        return found == null
                ? null
                : new RelationResult.Absorption(
                        found.main(), found.nTruePositives(), found.probeF1(), found.full(), found.fraction());
    }

    private @Nullable HoleProfile holes(int node) {
        Integer latent = bestLatentOf.get(node);
        return latent == null ? null : holes.get(latent);
    }
}

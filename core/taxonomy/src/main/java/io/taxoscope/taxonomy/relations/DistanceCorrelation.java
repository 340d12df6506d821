package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Whether latents of near synsets point in near directions: Spearman's correlation of both distances over pairs. */
final class DistanceCorrelation {
    private final NodeSimilarity similarity;
    private final Geometry geometry;
    private final Assignment assignment;
    private final RelationSpec spec;

    DistanceCorrelation(Taxonomy taxonomy, Geometry geometry, Assignment assignment, RelationSpec spec) {
        this.similarity = new NodeSimilarity(taxonomy);
        this.geometry = geometry;
        this.assignment = assignment;
        this.spec = spec;
    }

    record Correlation(
            int nPairs,
            double spearman,
            @Nullable Double shuffled,
            @Nullable Double shuffledSd) {}

    /** Null for fewer than three standing latents, or when all distances are the same. */
    @Nullable Correlation measure() {
        int[] latents = assignment.standing();
        int[] nodes = Arrays.stream(latents).map(assignment::node).toArray();
        if (latents.length < 3) {
            return null;
        }
        int[] pairs = pairs(latents.length);
        double[] directions = RankCorrelation.ranks(IntStream.range(0, pairs.length / 2)
                .mapToDouble(i -> 1 - geometry.cosine(latents[pairs[2 * i]], latents[pairs[2 * i + 1]]))
                .toArray());
        double spearman = RankCorrelation.ofRanks(directions, treeRanks(pairs, nodes));
        if (Double.isNaN(spearman)) {
            return null;
        }
        double[] shuffled = IntStream.range(0, spec.controlDraws())
                .parallel()
                .mapToDouble(draw -> {
                    int[] dealt = nodes.clone();
                    Seeded.shuffle(dealt, Seeded.DEALT_SYNSETS.stream(spec.seed(), draw));
                    return RankCorrelation.ofRanks(directions, treeRanks(pairs, dealt));
                })
                .toArray();
        return new Correlation(
                pairs.length / 2,
                spearman,
                ControlledMean.mean(shuffled),
                shuffled.length < 2 ? null : ControlledMean.deviation(shuffled));
    }

    private double[] treeRanks(int[] pairs, int[] nodes) {
        return RankCorrelation.ranks(IntStream.range(0, pairs.length / 2)
                .mapToDouble(i -> similarity.distance(nodes[pairs[2 * i]], nodes[pairs[2 * i + 1]]))
                .toArray());
    }

    /** Places of latents, two for each pair: all pairs, or as many drawn ones as are asked for. */
    private int[] pairs(int n) {
        long all = (long) n * (n - 1) / 2;
        if (all <= spec.geometryPairs()) {
            return IntStream.range(0, n)
                    .flatMap(a -> IntStream.range(a + 1, n).flatMap(b -> IntStream.of(a, b)))
                    .toArray();
        }
        var random = Seeded.DISTANCE_PAIRS.stream(spec.seed(), 0);
        int[] pairs = new int[2 * spec.geometryPairs()];
        for (int i = 0; i < pairs.length; i += 2) {
            pairs[i] = random.nextInt(n);
            pairs[i + 1] = random.nextInt(n - 1);
            pairs[i + 1] += pairs[i + 1] >= pairs[i] ? 1 : 0;
        }
        return pairs;
    }
}

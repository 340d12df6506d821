package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;

/** The latents of one layer under one labelling, seen as columns. */
final class ScoredLatents {
    private final Taxonomy taxonomy;
    private final List<LatentScore> all;
    private final List<LatentScore> eligible;

    ScoredLatents(Taxonomy taxonomy, List<LatentScore> all) {
        this.taxonomy = taxonomy;
        this.all = all;
        this.eligible = all.stream().filter(LatentScore::eligible).toList();
    }

    List<LatentScore> all() {
        return all;
    }

    int nEligible() {
        return eligible.size();
    }

    int nActive() {
        return (int) all.stream().filter(score -> score.nActive() > 0).count();
    }

    int mostActive() {
        return all.stream().mapToInt(LatentScore::nActive).max().orElse(0);
    }

    int[] activeCounts() {
        return eligible.stream().mapToInt(LatentScore::nActive).toArray();
    }

    double[] lchHeights() {
        return eligible.stream()
                .mapToDouble(score -> taxonomy.height(score.lch().getAsInt()))
                .toArray();
    }

    double[] robustLchHeights() {
        return eligible.stream()
                .mapToDouble(score -> taxonomy.height(score.robustLch().getAsInt()))
                .toArray();
    }

    /** A latent that never fires on the selection half has no best synset and counts 0. */
    double[] bestF1s() {
        return eligible.stream()
                .map(LatentScore::best)
                .mapToDouble(best -> best == null ? 0 : best.f1())
                .toArray();
    }

    double[] entropies() {
        return eligible.stream()
                .map(LatentScore::classEntropy)
                .filter(Objects::nonNull)
                .flatMapToDouble(DoubleStream::of)
                .toArray();
    }

    BitSet coveredNodes() {
        var covered = new BitSet();
        eligible.forEach(score -> covered.set(score.lch().getAsInt()));
        return covered;
    }

    static double[] histogramEdges(double end, int bins) {
        double[] edges = new double[bins + 1];
        Arrays.setAll(edges, i -> end * i / bins);
        return edges;
    }
}

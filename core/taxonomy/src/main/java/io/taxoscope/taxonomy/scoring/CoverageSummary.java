package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.scoring.LayerReport.Coverage;
import io.taxoscope.taxonomy.scoring.LayerReport.DepthShares;
import io.taxoscope.taxonomy.scoring.LayerReport.Share;
import io.taxoscope.taxonomy.scoring.LayerReport.Shares;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How many nodes some sets of them hold under each denominator. */
final class CoverageSummary {
    private final Taxonomy taxonomy;

    CoverageSummary(Taxonomy taxonomy) {
        this.taxonomy = taxonomy;
    }

    /** Sets of nodes: of the latents, of several random layers, and of the latents under each permutation. */
    record Covered(BitSet latents, List<BitSet> chance, List<BitSet> permuted) {}

    Coverage coverage(Covered covered) {
        return new Coverage(shares(covered), byDepth(covered), shares(closed(covered)));
    }

    Shares shares(Covered covered) {
        return shares(covered, node -> true);
    }

    private List<DepthShares> byDepth(Covered covered) {
        int deepest = IntStream.range(0, taxonomy.nNodes())
                .map(taxonomy.dag()::maxDepth)
                .max()
                .orElse(0);
        return IntStream.rangeClosed(0, deepest)
                .mapToObj(depth -> new DepthShares(
                        depth, shares(covered, node -> taxonomy.dag().maxDepth(node) == depth)))
                .toList();
    }

    private Shares shares(Covered covered, IntPredicate among) {
        return new Shares(
                share(covered, among),
                share(covered, among.and(node -> !taxonomy.isClass(node))),
                share(covered, among.and(taxonomy::isReachable)),
                share(covered, among.and(taxonomy::isClass)));
    }

    private Share share(Covered covered, IntPredicate counts) {
        var counting = new BitSet();
        IntStream.range(0, taxonomy.nNodes()).filter(counts).forEach(counting::set);
        int denominator = counting.cardinality();
        int reached = among(covered.latents(), counting);
        // Nothing may count: every node may be a class (a label may lie above another), which leaves no internal ones.
        return new Share(
                reached,
                denominator,
                denominator == 0 ? 0 : (double) reached / denominator,
                mean(covered.chance(), counting),
                mean(covered.permuted(), counting));
    }

    private static @Nullable Double mean(List<BitSet> sets, BitSet counting) {
        if (sets.isEmpty() || counting.isEmpty()) {
            return null;
        }
        return Statistics.mean(sets.stream()
                .mapToDouble(nodes -> (double) among(nodes, counting) / counting.cardinality())
                .toArray());
    }

    private static int among(BitSet nodes, BitSet counting) {
        var both = (BitSet) nodes.clone();
        both.and(counting);
        return both.cardinality();
    }

    private Covered closed(Covered covered) {
        return new Covered(
                closed(covered.latents()),
                covered.chance().stream().map(this::closed).toList(),
                covered.permuted().stream().map(this::closed).toList());
    }

    private BitSet closed(BitSet nodes) {
        var closed = new BitSet();
        nodes.stream().flatMap(node -> IntStream.of(taxonomy.ancestors(node))).forEach(closed::set);
        return closed;
    }
}

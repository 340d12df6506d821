package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Hierarchical precision and recall (Kiritchenko et al. 2005) and the severity of mistakes, every firing of a standing
 * latent being a prediction of its synset.
 */
final class HierarchicalScores {
    private final LabelledExamples labels;
    private final Assignment assignment;
    private final FiringSets report;

    HierarchicalScores(LabelledExamples labels, Assignment assignment, FiringSets report) {
        this.labels = labels;
        this.assignment = assignment;
        this.report = report;
    }

    /** Sums over predictions; the expected ones of chance are no whole numbers. */
    record Sums(double n, double shared, double predicted, double actual, double errors, double errorHeights) {
        static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0);

        Sums plus(Sums other) {
            return new Sums(
                    n + other.n,
                    shared + other.shared,
                    predicted + other.predicted,
                    actual + other.actual,
                    errors + other.errors,
                    errorHeights + other.errorHeights);
        }

        @Nullable Double precision() {
            return ratio(shared, predicted);
        }

        @Nullable Double recall() {
            return ratio(shared, actual);
        }

        /** {@code 2 hP hR / (hP + hR)}, which is twice the shared over all. */
        @Nullable Double f1() {
            return ratio(2 * shared, predicted + actual);
        }

        @Nullable Double severity() {
            return ratio(errorHeights, errors);
        }

        @Nullable Double errorRate() {
            return ratio(errors, n);
        }

        private static @Nullable Double ratio(double part, double whole) {
            return whole == 0 ? null : part / whole;
        }
    }

    /** @param latents sums of each standing latent, by its number */
    record Scores(Map<Integer, Sums> latents, Sums all, Sums chance) {}

    Scores score() {
        var tables = tables();
        double[] share = new double[labels.taxonomy().nClasses()];
        Arrays.setAll(share, c -> (double) labels.count(Half.REPORT, c) / labels.nReported());
        var latents = new HashMap<Integer, Sums>();
        var all = Sums.NONE;
        var chance = Sums.NONE;
        for (int latent : assignment.standing()) {
            var table = tables.get(assignment.node(latent));
            if (table != null) {
                int[] firings = report.perClass(latent, labels);
                var sums = table.sums(c -> firings[c]);
                latents.put(latent, sums);
                all = all.plus(sums);
                chance = chance.plus(table.sums(c -> report.count(latent) * share[c]));
            }
        }
        return new Scores(latents, all, chance);
    }

    private Map<Integer, Table> tables() {
        List<Integer> nodes = Arrays.stream(assignment.standing())
                .map(assignment::node)
                .distinct()
                .boxed()
                .toList();
        var tables = nodes.stream()
                .parallel()
                .map(node -> new Table(labels.taxonomy(), node))
                .toList();
        var byNode = new HashMap<Integer, Table>();
        tables.forEach(table -> byNode.put(table.node, table));
        return byNode;
    }

    private interface Weights {
        double of(int classIndex);
    }

    /** What a prediction of one node is worth for an example of each class. */
    private static final class Table {
        private final int node;
        private final int predicted;
        private final int[] shared;
        private final int[] actual;
        private final int[] lchHeight;
        private final boolean[] isRight;

        Table(Taxonomy taxonomy, int node) {
            this.node = node;
            this.predicted = withoutRoots(taxonomy, taxonomy.ancestors(node));
            int n = taxonomy.nClasses();
            this.shared = new int[n];
            this.actual = new int[n];
            this.lchHeight = new int[n];
            this.isRight = new boolean[n];
            var hypernyms = new CommonHypernyms(taxonomy);
            for (int c = 0; c < n; c++) {
                int[] above = taxonomy.ancestors(taxonomy.classNode(c));
                int[] both = IntStream.of(above)
                        .filter(each -> Arrays.binarySearch(taxonomy.ancestors(node), each) >= 0)
                        .toArray();
                shared[c] = withoutRoots(taxonomy, both);
                actual[c] = withoutRoots(taxonomy, above);
                lchHeight[c] = taxonomy.height(hypernyms.lowest(new int[] {node, taxonomy.classNode(c)}));
                isRight[c] = Arrays.binarySearch(above, node) >= 0;
            }
        }

        Sums sums(Weights weights) {
            double n = 0;
            double inBoth = 0;
            double inActual = 0;
            double errors = 0;
            double heights = 0;
            for (int c = 0; c < shared.length; c++) {
                double weight = weights.of(c);
                n += weight;
                inBoth += weight * shared[c];
                inActual += weight * actual[c];
                errors += isRight[c] ? 0 : weight;
                heights += isRight[c] ? 0 : weight * lchHeight[c];
            }
            return new Sums(n, inBoth, n * predicted, inActual, errors, heights);
        }

        private static int withoutRoots(Taxonomy taxonomy, int[] nodes) {
            return (int) IntStream.of(nodes)
                    .filter(each -> taxonomy.dag().parents(each).length > 0)
                    .count();
        }
    }
}

package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.sae.EvaluationView.Probe;
import io.taxoscope.api.sae.EvaluationView.Probes;
import io.taxoscope.linearalgebra.KernelRidge;
import io.taxoscope.linearalgebra.LinearAlgebra;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** How well labels can be read off x, x̂ and z by a linear map: learned on every other chosen example, judged on the rest. */
final class ProbePart {
    private final LinearAlgebra algebra;
    private final EncodedRows rows;
    private final List<String> labels;

    ProbePart(LinearAlgebra algebra, EncodedRows rows, List<String> labels) {
        this.algebra = algebra;
        this.rows = rows;
        this.labels = labels;
    }

    /** Null when there is nothing to tell apart. */
    @Nullable Probes report(EvaluationSizes sizes) {
        int[] chosen = rows.spread(2 * sizes.probeExamples());
        int[] trainRows = every(chosen, 0);
        int[] testRows = every(chosen, 1);
        Map<String, Integer> classes = new LinkedHashMap<>();
        int[] train_n = indices(trainRows, classes, true);
        int[] test_n = indices(testRows, classes, false);
        if (classes.size() < 2) {
            return null;
        }
        EncodedRows.Sample train = rows.sample(trainRows);
        EncodedRows.Sample test = rows.sample(testRows);
        var halves = new Halves(train_n, test_n, classes.size(), sizes.ridge());
        return new Probes(
                train_n.length,
                test_n.length,
                classes.size(),
                sizes.ridge(),
                halves.majority(),
                halves.probe(train.products(algebra, train), test.products(algebra, train)),
                halves.probe(
                        train.productsOfReconstructions(algebra, train),
                        test.productsOfReconstructions(algebra, train)),
                halves.probe(train.productsOfCodes(train), test.productsOfCodes(train)));
    }

    private static int[] every(int[] chosen, int from) {
        int[] half = new int[chosen.length / 2];
        for (int i = 0; i < half.length; i++) {
            half[i] = chosen[2 * i + from];
        }
        return half;
    }

    /** A label that was not learned is -1, which no prediction equals. */
    private int[] indices(int[] chosen, Map<String, Integer> classes, boolean learn) {
        int[] index_n = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            String label = labels.get(chosen[i]);
            index_n[i] = learn ? classes.computeIfAbsent(label, x -> classes.size()) : classes.getOrDefault(label, -1);
        }
        return index_n;
    }

    /** The labels of both halves. */
    private static final class Halves {
        private final int[] train_n;
        private final int[] permuted_n;
        private final int[] test_n;
        private final int classes;
        private final double ridge;

        Halves(int[] train_n, int[] test_n, int classes, double ridge) {
            this.train_n = train_n;
            this.test_n = test_n;
            this.classes = classes;
            this.ridge = ridge;
            List<Integer> order = new ArrayList<>();
            for (int label : train_n) {
                order.add(label);
            }
            java.util.Collections.shuffle(order, new Random(1));
            this.permuted_n = order.stream().mapToInt(Integer::intValue).toArray();
        }

        double majority() {
            int[] count_c = new int[classes];
            for (int label : train_n) {
                count_c[label]++;
            }
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = count_c[c] > count_c[best] ? c : best;
            }
            int[] always_n = new int[test_n.length];
            java.util.Arrays.fill(always_n, best);
            return accuracy(always_n);
        }

        Probe probe(double[] gram_nn, double[] cross_en) {
            KernelRidge fit;
            try {
                fit = new KernelRidge(gram_nn, train_n.length, ridge);
            } catch (IllegalArgumentException allAlike) {
                return new Probe(null, null);
            }
            return new Probe(
                    accuracy(fit.predict(train_n, classes, cross_en, test_n.length)),
                    accuracy(fit.predict(permuted_n, classes, cross_en, test_n.length)));
        }

        private double accuracy(int[] predicted_n) {
            int right = 0;
            for (int i = 0; i < test_n.length; i++) {
                right += predicted_n[i] == test_n[i] ? 1 : 0;
            }
            return right / (double) test_n.length;
        }
    }
}

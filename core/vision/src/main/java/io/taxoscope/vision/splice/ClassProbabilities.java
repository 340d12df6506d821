package io.taxoscope.vision.splice;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What a classifier says about one image: the softmax of its logits, kept as natural logarithms in float64. */
public final class ClassProbabilities {
    /** By which float32 probabilities may miss 1 together. */
    private static final double ROUNDING = 1e-3;

    private final double[] log_c;

    private ClassProbabilities(double[] log_c) {
        this.log_c = log_c;
    }

    /** Of row {@code example} of {@code logits_bc}. */
    public static ClassProbabilities ofLogits(float[] logits_bc, int example, int classes) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            greatest = Math.max(greatest, logits_bc[example * classes + c]);
        }
        double sum = 0;
        double[] log_c = new double[classes];
        for (int c = 0; c < classes; c++) {
            log_c[c] = logits_bc[example * classes + c] - greatest;
            sum += Math.exp(log_c[c]);
        }
        for (int c = 0; c < classes; c++) {
            log_c[c] -= Math.log(sum);
        }
        return new ClassProbabilities(log_c);
    }

    /** Of row {@code example} of {@code p_bc}, which a softmax ended; a probability that float32 lost counts as its least. */
    public static ClassProbabilities ofProbabilities(float[] p_bc, int example, int classes) {
        float[] log_c = new float[classes];
        for (int c = 0; c < classes; c++) {
            log_c[c] = (float) Math.log(Math.max(p_bc[example * classes + c], Float.MIN_VALUE));
        }
        return ofLogits(log_c, 0, classes);
    }

    /** Whether row {@code example} of {@code output_bc} is made of probabilities: none negative, and together 1. */
    public static boolean areProbabilities(float[] output_bc, int example, int classes) {
        double sum = 0;
        for (int at = example * classes; at < (example + 1) * classes; at++) {
            if (!(output_bc[at] >= 0)) {
                return false;
            }
            sum += output_bc[at];
        }
        return Math.abs(sum - 1) < ROUNDING;
    }

    public double probability(int c) {
        return Math.exp(log_c[c]);
    }

    /** Cross-entropy with a certain class, in nats. */
    public double crossEntropy(int c) {
        return -log_c[c];
    }

    /** Kullback-Leibler divergence of {@code other} from these, {@code sum p ln(p / q)}, in nats. */
    public double divergence(ClassProbabilities other) {
        double sum = 0;
        for (int c = 0; c < log_c.length; c++) {
            sum += Math.exp(log_c[c]) * (log_c[c] - other.log_c[c]);
        }
        return Math.max(0, sum);
    }

    /** The most probable class; of several the lower. */
    public int best() {
        int best = 0;
        for (int c = 1; c < log_c.length; c++) {
            best = log_c[c] > log_c[best] ? c : best;
        }
        return best;
    }

    /** The most probable classes, most probable first; of equals the lower. */
    public List<Integer> top(int n) {
        return IntStream.range(0, log_c.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> -log_c[c]))
                .limit(n)
                .toList();
    }
}

package io.taxoscope.saeservice;

import io.taxoscope.sae.Parameters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** An encoding worked out again from activations and exported weights, densely and in double precision. */
final class Recomputed {
    private final double[][] z_bs;
    private final double fvu;
    private final int topExamples;

    private Recomputed(double[][] z_bs, double fvu, int topExamples) {
        this.z_bs = z_bs;
        this.fvu = fvu;
        this.topExamples = topExamples;
    }

    static Recomputed of(Parameters weights, float[] acts_bd, int k, int topExamples) {
        int width = weights.shape().width();
        int n = acts_bd.length / width;
        double[][] z_bs = new double[n][];
        double[] mean_d = new double[width];
        for (int i = 0; i < acts_bd.length; i++) {
            mean_d[i % width] += acts_bd[i] / (double) n;
        }
        double squaredError = 0;
        double squaredDistance = 0;
        for (int b = 0; b < n; b++) {
            float[] x_d = Arrays.copyOfRange(acts_bd, b * width, (b + 1) * width);
            z_bs[b] = topK(preActivations(weights, x_d), k);
            double[] xhat_d = decode(weights, z_bs[b]);
            for (int i = 0; i < width; i++) {
                squaredError += Math.pow(x_d[i] - xhat_d[i], 2);
                squaredDistance += Math.pow(x_d[i] - mean_d[i], 2);
            }
        }
        return new Recomputed(z_bs, squaredError / squaredDistance, topExamples);
    }

    double fvu() {
        return fvu;
    }

    double l0() {
        return IntStream.range(0, z_bs.length).map(this::active).average().orElseThrow();
    }

    double deadFraction() {
        int latents = z_bs[0].length;
        return IntStream.range(0, latents)
                        .filter(s -> Arrays.stream(z_bs).noneMatch(z_s -> z_s[s] > 0))
                        .count()
                / (double) latents;
    }

    int active(int example) {
        return (int) Arrays.stream(z_bs[example]).filter(z -> z > 0).count();
    }

    double code(int example, int latent) {
        return z_bs[example][latent];
    }

    List<Integer> topOf(int latent) {
        return IntStream.range(0, z_bs.length)
                .filter(b -> z_bs[b][latent] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer b) -> -z_bs[b][latent]))
                .limit(topExamples)
                .toList();
    }

    private static double[] preActivations(Parameters weights, float[] x_d) {
        int width = x_d.length;
        double[] pre_s = new double[weights.shape().latents()];
        for (int s = 0; s < pre_s.length; s++) {
            pre_s[s] = weights.bEnc_s()[s];
            for (int i = 0; i < width; i++) {
                pre_s[s] += weights.wEnc_sd()[s * width + i] * ((double) x_d[i] - weights.bDec_d()[i]);
            }
        }
        return pre_s;
    }

    private static double[] topK(double[] pre_s, int k) {
        double[] sorted = pre_s.clone();
        Arrays.sort(sorted);
        double kth = Math.max(0, sorted[sorted.length - k]);
        return Arrays.stream(pre_s).map(pre -> pre >= kth && pre > 0 ? pre : 0).toArray();
    }

    private static double[] decode(Parameters weights, double[] z_s) {
        int width = weights.shape().width();
        double[] xhat_d = new double[width];
        for (int i = 0; i < width; i++) {
            xhat_d[i] = weights.bDec_d()[i];
            for (int s = 0; s < z_s.length; s++) {
                xhat_d[i] += z_s[s] * weights.wDec_sd()[s * width + i];
            }
        }
        return xhat_d;
    }
}

package io.taxoscope.bench.planted;

import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.taxonomy.relations.LinearAssignment;

/**
 * What an SAE found of planted features, as SynthSAEBench defines it. A latent stands for the feature with the greatest
 * |cosine| of its decoder row.
 *
 * @param f1 mean over latents of the harmonic mean of precision and recall, 0 where undefined
 * @param mcc mean |cosine| of latents and features under the best one-to-one matching
 * @param uniqueness different features that latents stand for, over the number of latents
 * @param explainedVariance 1 - FVU
 * @param l0 active latents per example
 */
record PlantedScores(double f1, double mcc, double uniqueness, double explainedVariance, double l0, int deadLatents) {
    /** Collects batches of codes beside the features that were active. */
    static final class Collector {
        private final int latents;
        private final int features;
        private final int width;
        private final double[][] cosine_sf;
        private final int[] feature_s;
        private final long[] fires_s;
        private final long[] hits_s;
        private final long[] active_f;
        private final double[] sum_d;
        private double squares;
        private double errors;
        private long examples;

        Collector(float[] wDec_sd, float[] direction_fd, int width) {
            this.width = width;
            this.latents = wDec_sd.length / width;
            this.features = direction_fd.length / width;
            this.cosine_sf = cosines(wDec_sd, direction_fd, width);
            this.feature_s = new int[latents];
            for (int latent = 0; latent < latents; latent++) {
                int best = 0;
                for (int feature = 1; feature < features; feature++) {
                    best = cosine_sf[latent][feature] > cosine_sf[latent][best] ? feature : best;
                }
                feature_s[latent] = best;
            }
            this.fires_s = new long[latents];
            this.hits_s = new long[latents];
            this.active_f = new long[features];
            this.sum_d = new double[width];
        }

        void add(float[] x_bd, float[] xhat_bd, Codes codes, float[] magnitude_bf, int n) {
            for (int b = 0; b < n; b++) {
                for (int at = codes.start(b); at < codes.end(b); at++) {
                    int latent = codes.latent(at);
                    fires_s[latent]++;
                    hits_s[latent] += magnitude_bf[b * features + feature_s[latent]] > 0 ? 1 : 0;
                }
                for (int feature = 0; feature < features; feature++) {
                    active_f[feature] += magnitude_bf[b * features + feature] > 0 ? 1 : 0;
                }
                for (int i = 0; i < width; i++) {
                    double x = x_bd[b * width + i];
                    sum_d[i] += x;
                    squares += x * x;
                    errors += (x - xhat_bd[b * width + i]) * (x - xhat_bd[b * width + i]);
                }
            }
            examples += n;
        }

        PlantedScores scores() {
            double f1 = 0;
            double fires = 0;
            int dead = 0;
            boolean[] stoodFor = new boolean[features];
            for (int latent = 0; latent < latents; latent++) {
                stoodFor[feature_s[latent]] = true;
                long both = fires_s[latent] + active_f[feature_s[latent]];
                f1 += both == 0 ? 0 : 2.0 * hits_s[latent] / both;
                fires += fires_s[latent];
                dead += fires_s[latent] == 0 ? 1 : 0;
            }
            int unique = 0;
            for (boolean one : stoodFor) {
                unique += one ? 1 : 0;
            }
            double ofMean = 0;
            for (double sum : sum_d) {
                ofMean += sum * sum / examples;
            }
            return new PlantedScores(
                    f1 / latents,
                    matchedCosine(),
                    unique / (double) latents,
                    1 - errors / (squares - ofMean),
                    fires / examples,
                    dead);
        }

        private double matchedCosine() {
            int[] match = LinearAssignment.greatest(cosine_sf, features, () -> {});
            double sum = 0;
            for (int latent = 0; latent < latents; latent++) {
                sum += cosine_sf[latent][match[latent]];
            }
            return sum / latents;
        }

        private static double[][] cosines(float[] a, float[] b, int width) {
            double[] norm_a = norms(a, width);
            double[] norm_b = norms(b, width);
            double[][] cosines = new double[norm_a.length][norm_b.length];
            for (int r = 0; r < norm_a.length; r++) {
                for (int c = 0; c < norm_b.length; c++) {
                    double sum = 0;
                    for (int i = 0; i < width; i++) {
                        sum += (double) a[r * width + i] * b[c * width + i];
                    }
                    cosines[r][c] = Math.abs(sum) / Math.max(norm_a[r] * norm_b[c], 1e-12);
                }
            }
            return cosines;
        }

        private static double[] norms(float[] rows, int width) {
            double[] norms = new double[rows.length / width];
            for (int row = 0; row < norms.length; row++) {
                double square = 0;
                for (int i = row * width; i < (row + 1) * width; i++) {
                    square += (double) rows[i] * rows[i];
                }
                norms[row] = Math.sqrt(square);
            }
            return norms;
        }
    }
}

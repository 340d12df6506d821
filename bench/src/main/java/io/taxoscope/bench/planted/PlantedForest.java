package io.taxoscope.bench.planted;

import java.util.SplittableRandom;

/**
 * Features in trees, after SynthSAEBench (Chanin and Garriga-Alonso 2026, arXiv 2602.14687): a feature is active only where
 * its parent is, and of a parent's children at most one. Features are numbered level by level, roots first, and the share of
 * examples that activates one falls with its number, {@code min + (max - min) (rank^-0.5 - last^-0.5) / (1 - last^-0.5)}; a
 * child's is cut where its parent and its siblings leave it less. Its magnitude is scaled by its parent's over the parent's
 * mean. Left out of the original: correlations between trees and the orthogonalisation of the directions.
 */
final class PlantedForest {
    private static final double MAX_SHARE = 0.4;
    private static final double MIN_SHARE = 5e-4;
    private static final double BIAS_NORM = 0.5;

    private final int width;
    private final int branching;
    private final int roots;
    private final int features;
    private final float[] direction_fd;
    private final float[] bias_d;
    private final double[] share_f;
    private final double[] mean_f;
    private final double[] spread_f;

    /** @param depth levels below the roots */
    PlantedForest(int width, int roots, int branching, int depth, long seed) {
        this.width = width;
        this.roots = roots;
        this.branching = branching;
        int count = 0;
        for (int level = 0, size = roots; level <= depth; level++, size *= branching) {
            count += size;
        }
        this.features = count;
        SplittableRandom random = new SplittableRandom(seed);
        this.direction_fd = unitRows(random, features, width, 1);
        this.bias_d = unitRows(random, 1, width, BIAS_NORM);
        this.share_f = new double[features];
        this.mean_f = new double[features];
        this.spread_f = new double[features];
        for (int feature = 0; feature < features; feature++) {
            mean_f[feature] = 5 - feature / (features - 1.0);
            spread_f[feature] = Math.abs(0.5 + 0.5 * random.nextGaussian());
        }
        setShares();
    }

    int features() {
        return features;
    }

    int width() {
        return width;
    }

    /** Unit directions, [features, width]. */
    float[] direction_fd() {
        return direction_fd;
    }

    /** Share of examples that activate a feature. */
    double share(int feature) {
        return share_f[feature];
    }

    /** -1 for a root. */
    int parent(int feature) {
        return feature < roots ? -1 : (feature - roots) / branching;
    }

    /** Active features of all examples together, per example. */
    double meanActive() {
        double sum = 0;
        for (double share : share_f) {
            sum += share;
        }
        return sum;
    }

    /** Draws examples; writes their activations and, where {@code magnitude_bf} is wanted, every feature's magnitude. */
    void draw(SplittableRandom random, int examples, float[] x_bd, float[] magnitude_bf) {
        for (int b = 0; b < examples; b++) {
            System.arraycopy(bias_d, 0, x_bd, b * width, width);
            for (int root = 0; root < roots; root++) {
                if (random.nextDouble() < share_f[root]) {
                    activate(random, root, 1, b, x_bd, magnitude_bf);
                }
            }
        }
    }

    private void activate(
            SplittableRandom random, int feature, double scale, int b, float[] x_bd, float[] magnitude_bf) {
        double magnitude = scale * Math.max(0, mean_f[feature] + spread_f[feature] * random.nextGaussian());
        if (magnitude_bf.length > 0) {
            magnitude_bf[b * features + feature] = (float) magnitude;
        }
        for (int i = 0; i < width; i++) {
            x_bd[b * width + i] += (float) (magnitude * direction_fd[feature * width + i]);
        }
        int first = roots + feature * branching;
        if (first >= features || magnitude == 0) {
            return;
        }
        double draw = random.nextDouble() * share_f[feature];
        for (int child = first; child < first + branching; child++) {
            draw -= share_f[child];
            if (draw < 0) {
                activate(random, child, magnitude / mean_f[feature], b, x_bd, magnitude_bf);
                return;
            }
        }
    }

    private void setShares() {
        double last = 1 / Math.sqrt(features);
        for (int feature = 0; feature < features; feature++) {
            double rank = (1 / Math.sqrt(feature + 1) - last) / (1 - last);
            share_f[feature] = MIN_SHARE + (MAX_SHARE - MIN_SHARE) * rank;
        }
        for (int parent = 0; roots + parent * branching < features; parent++) {
            int first = roots + parent * branching;
            double wanted = 0;
            for (int child = first; child < first + branching; child++) {
                wanted += share_f[child];
            }
            for (int child = first; child < first + branching && wanted > share_f[parent]; child++) {
                share_f[child] *= share_f[parent] / wanted;
            }
        }
    }

    private static float[] unitRows(SplittableRandom random, int rows, int width, double norm) {
        float[] values = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            double square = 0;
            double[] draws = new double[width];
            for (int i = 0; i < width; i++) {
                draws[i] = random.nextGaussian();
                square += draws[i] * draws[i];
            }
            for (int i = 0; i < width; i++) {
                values[row * width + i] = (float) (norm * draws[i] / Math.sqrt(square));
            }
        }
        return values;
    }
}

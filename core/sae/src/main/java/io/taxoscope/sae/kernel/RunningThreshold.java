package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;

/** The moving average of the batches' least positive codes (Bussmann et al. 2024, arXiv 2412.06410, eq. 6). */
final class RunningThreshold {
    private final float momentum;
    private double value;

    RunningThreshold(Architecture architecture, double value) {
        this.momentum = architecture.thresholdMomentum();
        this.value = value;
    }

    /** NaN before the first batch and for architectures that follow none. */
    double value() {
        return value;
    }

    void observe(Codes codes, int n) {
        if (momentum > 0) {
            double least = leastOf(codes, n);
            value = Double.isNaN(value) ? least : (1 - momentum) * value + momentum * least;
        }
    }

    /** 0 when no latent is active. */
    static double leastOf(Codes codes, int n) {
        float least = Float.POSITIVE_INFINITY;
        for (int example = 0; example < n; example++) {
            for (int at = codes.start(example); at < codes.end(example); at++) {
                least = Math.min(least, codes.value(at));
            }
        }
        return least == Float.POSITIVE_INFINITY ? 0 : least;
    }
}

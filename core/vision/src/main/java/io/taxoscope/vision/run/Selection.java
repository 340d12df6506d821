package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;

/** One vector for each image: a tap and which of its tokens. */
public record Selection(Tap tap, Token token) {
    public Selection {
        if (!tap.tokens().contains(token)) {
            throw new TaxoscopeException(
                    VisionError.TOKEN_NOT_AVAILABLE,
                    "the tap %s has no %s; it has %s".formatted(tap.name(), token, tap.tokens()));
        }
    }

    /** Copies or averages the first {@code n} images of {@code acts} into rows of {@code out}, from {@code firstRow} on. */
    void select(float[] acts, int n, float[] out_bd, int firstRow) {
        int d = tap.width();
        for (int b = 0; b < n; b++) {
            int to = (firstRow + b) * d;
            switch (tap.layout()) {
                case BD -> System.arraycopy(acts, b * d, out_bd, to, d);
                case BCHW -> meanOverPositions(acts, b * d * tap.nPatches(), out_bd, to);
                case BTD -> selectToken(acts, b * tap.nTokens() * d, out_bd, to);
            }
        }
    }

    private void selectToken(float[] acts, int from, float[] out_bd, int to) {
        switch (token) {
            case CLS -> System.arraycopy(acts, from, out_bd, to, tap.width());
            case PATCH_MEAN -> meanOverTokens(acts, from, out_bd, to);
        }
    }

    private void meanOverTokens(float[] acts, int from, float[] out_bd, int to) {
        int d = tap.width();
        double[] sum_d = new double[d];
        for (int t = tap.firstPatch(); t < tap.firstPatch() + tap.nPatches(); t++) {
            int row = from + t * d;
            for (int i = 0; i < d; i++) {
                sum_d[i] += acts[row + i];
            }
        }
        for (int i = 0; i < d; i++) {
            out_bd[to + i] = (float) (sum_d[i] / tap.nPatches());
        }
    }

    private void meanOverPositions(float[] acts, int from, float[] out_bd, int to) {
        int nPositions = tap.nPatches();
        for (int c = 0; c < tap.width(); c++) {
            double sum = 0;
            for (int p = from + c * nPositions; p < from + (c + 1) * nPositions; p++) {
                sum += acts[p];
            }
            out_bd[to + c] = (float) (sum / nPositions);
        }
    }
}

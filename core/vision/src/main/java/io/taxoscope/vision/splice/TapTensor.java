package io.taxoscope.vision.splice;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.run.Layout;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Token;

/**
 * The whole tensor at a tap for a batch, of which a selection models one vector for each image. A replacement reaches the tokens
 * that the vector stands for, all others stay as they are: a class token is replaced; under a mean over patches (or positions of
 * a feature map) each of them is moved by the same difference, so that their mean becomes the replacement and their distances
 * from it stay.
 */
final class TapTensor {
    private final Tap tap;
    private final boolean isMean;
    private final int n;
    private final float[] values;
    private final float[] vectors_bd;

    TapTensor(Selection selection, int n, float[] values) {
        this.tap = selection.tap();
        this.isMean = tap.layout() != Layout.BD && selection.token() == Token.PATCH_MEAN;
        this.n = n;
        this.values = values;
        long expected = (long) n * tap.nTokens() * tap.width();
        if (values.length != expected) {
            throw new TaxoscopeException(
                    VisionError.MODEL_NOT_RUNNABLE,
                    "the tap %s gave %d values, not %d".formatted(tap.name(), values.length, expected));
        }
        this.vectors_bd = vectors();
    }

    /** The selected vector of each image, [n, width]. */
    float[] vectors_bd() {
        return vectors_bd;
    }

    /** The tensor with these vectors in place of the selected ones. */
    float[] with(float[] replacement_bd) {
        float[] spliced = values.clone();
        for (int example = 0; example < n; example++) {
            for (int i = 0; i < tap.width(); i++) {
                int vector = example * tap.width() + i;
                if (isMean) {
                    float difference = replacement_bd[vector] - vectors_bd[vector];
                    for (int token = tap.firstPatch(); token < tap.firstPatch() + tap.nPatches(); token++) {
                        spliced[at(example, token, i)] += difference;
                    }
                } else {
                    spliced[at(example, 0, i)] = replacement_bd[vector];
                }
            }
        }
        return spliced;
    }

    private float[] vectors() {
        float[] vectors = new float[n * tap.width()];
        for (int example = 0; example < n; example++) {
            for (int i = 0; i < tap.width(); i++) {
                vectors[example * tap.width() + i] = isMean ? (float) mean(example, i) : values[at(example, 0, i)];
            }
        }
        return vectors;
    }

    private double mean(int example, int i) {
        double sum = 0;
        for (int token = tap.firstPatch(); token < tap.firstPatch() + tap.nPatches(); token++) {
            sum += values[at(example, token, i)];
        }
        return sum / tap.nPatches();
    }

    private int at(int example, int token, int i) {
        return switch (tap.layout()) {
            case BTD, BHWC, BD -> (example * tap.nTokens() + token) * tap.width() + i;
            case BHQK -> attention(example, token, i);
            case BCHW -> (example * tap.width() + i) * tap.nTokens() + token;
        };
    }

    /** Element {@code i} of a query's vector is key {@code i mod nKeys} of a head. */
    private int attention(int example, int query, int i) {
        int nKeys = tap.width() / tap.heads();
        int head = i / nKeys;
        return ((example * tap.heads() + head) * tap.nTokens() + query) * nKeys + i % nKeys;
    }
}

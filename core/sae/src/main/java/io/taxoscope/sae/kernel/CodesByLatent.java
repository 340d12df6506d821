package io.taxoscope.sae.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch's codes turned around: for each latent the examples that activate it, in ascending order, with the factors
 * that its two gradient rows take from each of them.
 */
final class CodesByLatent {
    private final int latents;
    private final int[] start_s;
    private final int[] cursor_s;
    private final boolean nested;
    private int[] position = {};
    private int[] example = {};
    private int[] errorRow = {};
    private float[] decoderFactor = {};
    private float[] encoderFactor = {};

    /** @param nested whether codes take their errors from different levels */
    CodesByLatent(int latents, boolean nested) {
        this.latents = latents;
        this.nested = nested;
        this.start_s = new int[latents + 1];
        this.cursor_s = new int[latents];
    }

    void clear() {
        Arrays.fill(start_s, 0);
    }

    /**
     * Counting sort by latent.
     *
     * @param preGradient_at gradient of the loss over {@code scale} with respect to each pre-activation
     * @param scale factor of both gradients
     * @param errors where each code's error is
     */
    void fill(Codes codes, int n, float[] preGradient_at, float scale, ErrorRows errors) {
        reserve(codes.capacity());
        countStarts(codes, n);
        for (int b = 0; b < n; b++) {
            for (int at = codes.start(b); at < codes.end(b); at++) {
                int to = cursor_s[codes.latent(at)]++;
                position[to] = at;
                example[to] = b;
                if (nested) {
                    errorRow[to] = errors.rowOf(at, b);
                }
                decoderFactor[to] = scale * codes.value(at);
                encoderFactor[to] = scale * preGradient_at[at];
            }
        }
    }

    private void reserve(int capacity) {
        if (capacity > example.length) {
            position = new int[capacity];
            example = new int[capacity];
            errorRow = nested ? new int[capacity] : example;
            decoderFactor = new float[capacity];
            encoderFactor = new float[capacity];
        }
    }

    private void countStarts(Codes codes, int n) {
        Arrays.fill(start_s, 0);
        for (int b = 0; b < n; b++) {
            for (int at = codes.start(b); at < codes.end(b); at++) {
                start_s[codes.latent(at) + 1]++;
            }
        }
        for (int latent = 0; latent < latents; latent++) {
            start_s[latent + 1] += start_s[latent];
        }
        System.arraycopy(start_s, 0, cursor_s, 0, latents);
    }

    /** Each latent's examples, or those of the latents that {@code names} lists; not of nested codes. */
    Lists lists(int @Nullable [] names) {
        return new Lists(names);
    }

    float[] decoderFactors() {
        return decoderFactor;
    }

    float[] encoderFactors() {
        return encoderFactor;
    }

    final class Lists implements DenseSums.Lists {
        private final int @Nullable [] names;

        private Lists(int @Nullable [] names) {
            this.names = names;
        }

        @Override
        public int start(int sum) {
            return start_s[latent(sum)];
        }

        @Override
        public int end(int sum) {
            return start_s[latent(sum) + 1];
        }

        @Override
        public int row(int position) {
            return example[position];
        }

        private int latent(int sum) {
            return names == null ? sum : names[sum];
        }
    }

    /** Adds the decoder row's gradient: {@code sum_b scale * z_b * error_b}. */
    void addDecoderGradient(int latent, float[] error_bd, int stride, float[] gradient_d) {
        Rows.addWeighted(
                decoderFactor, errorRow, start_s[latent], start_s[latent + 1], error_bd, stride, gradient_d, 0, stride);
    }

    /** Adds the encoder row's gradient: {@code sum_b scale * dpre_b * (x_b - b_dec)}. */
    void addEncoderGradient(int latent, float[] centred_bd, int stride, float[] gradient_d) {
        Rows.addWeighted(
                encoderFactor,
                example,
                start_s[latent],
                start_s[latent + 1],
                centred_bd,
                stride,
                gradient_d,
                0,
                stride);
    }

    /** The pre-activation's gradient over the batch: {@code sum_b scale * dpre_b}. */
    float preGradient(int latent) {
        float sum = 0;
        for (int at = start_s[latent]; at < start_s[latent + 1]; at++) {
            sum += encoderFactor[at];
        }
        return sum;
    }

    /** The sum over a latent's codes of numbers that are stored by the codes' positions. */
    float sum(int latent, float[] value_at) {
        float sum = 0;
        for (int at = start_s[latent]; at < start_s[latent + 1]; at++) {
            sum += value_at[position[at]];
        }
        return sum;
    }
}

package io.taxoscope.sae.kernel;

import java.util.Arrays;

/**
 * A batch's codes turned around: for each latent the examples that activate it, in ascending order, with the factors
 * that its two gradient rows take from each of them.
 */
final class CodesByLatent {
    private final int latents;
    private final int[] start_s;
    private final int[] cursor_s;
    private final int[] example;
    private final float[] decoderFactor;
    private final float[] encoderFactor;

    CodesByLatent(int latents, int maxCodes) {
        this.latents = latents;
        this.start_s = new int[latents + 1];
        this.cursor_s = new int[latents];
        this.example = new int[maxCodes];
        this.decoderFactor = new float[maxCodes];
        this.encoderFactor = new float[maxCodes];
    }

    void clear() {
        Arrays.fill(start_s, 0);
    }

    /**
     * Counting sort by latent.
     *
     * @param valueGradient_bk gradient of the loss over {@code scale} with respect to each code
     * @param scale factor of both gradients
     */
    void fill(Codes codes, int n, float[] valueGradient_bk, float scale) {
        countStarts(codes, n);
        for (int b = 0; b < n; b++) {
            int first = b * codes.k();
            for (int at = first; at < first + codes.active(b); at++) {
                int to = cursor_s[codes.latent(at)]++;
                example[to] = b;
                decoderFactor[to] = scale * codes.value(at);
                encoderFactor[to] = scale * valueGradient_bk[at];
            }
        }
    }

    private void countStarts(Codes codes, int n) {
        Arrays.fill(start_s, 0);
        for (int b = 0; b < n; b++) {
            int first = b * codes.k();
            for (int at = first; at < first + codes.active(b); at++) {
                start_s[codes.latent(at) + 1]++;
            }
        }
        for (int latent = 0; latent < latents; latent++) {
            start_s[latent + 1] += start_s[latent];
        }
        System.arraycopy(start_s, 0, cursor_s, 0, latents);
    }

    /** Adds the decoder row's gradient: {@code sum_b scale * z_b * error_b}. */
    void addDecoderGradient(int latent, float[] error_bd, int stride, float[] gradient_d) {
        Rows.addWeighted(
                decoderFactor, example, start_s[latent], start_s[latent + 1], error_bd, stride, gradient_d, 0, stride);
    }

    /** Adds the encoder row's gradient: {@code sum_b scale * dz_b * (x_b - b_dec)}. */
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

    /** The encoder bias's gradient: {@code sum_b scale * dz_b}. */
    float biasGradient(int latent) {
        float sum = 0;
        for (int at = start_s[latent]; at < start_s[latent + 1]; at++) {
            sum += encoderFactor[at];
        }
        return sum;
    }
}

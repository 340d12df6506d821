package io.taxoscope.sae.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gradient rows of several latents at once, by dense products over the batch. */
final class DenseRows {
    private final int stride;
    private float[] decoder_rd = {};
    private float[] encoder_rd = {};
    private int first;

    DenseRows(int stride) {
        this.stride = stride;
    }

    /** Computes the rows of latents {@code first} to {@code end - 1}, or of those places in {@code names}. */
    void collect(
            DenseSums sums,
            CodesByLatent byLatent,
            int @Nullable [] names,
            int first,
            int end,
            int n,
            float[] error_bd,
            float[] centred_bd) {
        int length = (end - first) * stride;
        if (decoder_rd.length < length) {
            decoder_rd = new float[length];
            encoder_rd = new float[length];
        }
        Arrays.fill(decoder_rd, 0, length, 0f);
        Arrays.fill(encoder_rd, 0, length, 0f);
        this.first = first;
        for (int from = first; from < end; from += DenseSums.SUMS) {
            int rows = Math.min(DenseSums.SUMS, end - from);
            int at = (from - first) * stride;
            CodesByLatent.Lists lists = byLatent.lists(names);
            sums.add(lists, from, rows, byLatent.decoderFactors(), null, n, error_bd, stride, decoder_rd, at);
            sums.add(lists, from, rows, byLatent.encoderFactors(), null, n, centred_bd, stride, encoder_rd, at);
        }
    }

    /** Adds the rows of one latent, or of one place, to its gradient. */
    void addTo(int latent, float[] decoder_d, float[] encoder_d) {
        int at = (latent - first) * stride;
        Rows.add(decoder_rd, at, decoder_d, 0, stride);
        Rows.add(encoder_rd, at, encoder_d, 0, stride);
    }
}

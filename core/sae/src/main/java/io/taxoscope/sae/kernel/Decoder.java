package io.taxoscope.sae.kernel;

import java.util.Arrays;

/** Sparse decoding with padded rows. */
final class Decoder {
    private final float[] wDec_sd;
    private final int stride;

    Decoder(float[] wDec_sd, int stride) {
        this.wDec_sd = wDec_sd;
        this.stride = stride;
    }

    /** Adds {@code z w_dec} of one example to the row of {@code out_bd} at {@code at}. */
    void addTo(Codes codes, int example, float[] out_bd, int at) {
        addTo(codes, codes.values(), example, out_bd, at);
    }

    /** The same with other values at the codes' positions. */
    void addTo(Codes codes, float[] value_at, int example, float[] out_bd, int at) {
        Rows.addWeighted(
                value_at,
                codes.latents(),
                codes.start(example),
                codes.end(example),
                wDec_sd,
                stride,
                out_bd,
                at,
                stride);
    }

    /** Writes the gradient of {@code |error|² / 2} with respect to each active code: {@code error . w_dec}. */
    void valueGradients(Codes codes, int example, float[] error_bd, int at, float[] valueGradient_bk) {
        for (int i = codes.start(example); i < codes.end(example); i++) {
            valueGradient_bk[i] = Rows.dot(error_bd, at, wDec_sd, codes.latent(i) * stride, stride);
        }
    }

    /** Writes {@code z w_dec} of one example. */
    void writeTo(Codes codes, int example, float[] out_bd, int at) {
        Arrays.fill(out_bd, at, at + stride, 0f);
        addTo(codes, example, out_bd, at);
    }
}

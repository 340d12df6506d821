package io.taxoscope.sae;

import java.util.Arrays;

/**
 * One number per parameter of an SAE: the weights themselves, or one of Adam's moments of them. Both matrices have a
 * row per latent. The arrays are live, not copies.
 *
 * <p>The model is {@code z = TopK(ReLU(w_enc (x - b_dec) + b_enc))} and {@code x̂ = z w_dec + b_dec} (Gao et al. 2024,
 * arXiv 2406.04093, eq. 3, with the ReLU that their code applies).
 */
public final class Parameters {
    private final Shape shape;
    private final float[] wEnc_sd;
    private final float[] wDec_sd;
    private final float[] bEnc_s;
    private final float[] bDec_d;

    public Parameters(Shape shape, float[] wEnc_sd, float[] wDec_sd, float[] bEnc_s, float[] bDec_d) {
        requireLength("w_enc", wEnc_sd, shape.elements());
        requireLength("w_dec", wDec_sd, shape.elements());
        requireLength("b_enc", bEnc_s, shape.latents());
        requireLength("b_dec", bDec_d, shape.width());
        this.shape = shape;
        this.wEnc_sd = wEnc_sd;
        this.wDec_sd = wDec_sd;
        this.bEnc_s = bEnc_s;
        this.bDec_d = bDec_d;
    }

    public static Parameters zeros(Shape shape) {
        return new Parameters(
                shape,
                new float[shape.elements()],
                new float[shape.elements()],
                new float[shape.latents()],
                new float[shape.width()]);
    }

    public Parameters copy() {
        return new Parameters(shape, wEnc_sd.clone(), wDec_sd.clone(), bEnc_s.clone(), bDec_d.clone());
    }

    public Shape shape() {
        return shape;
    }

    /** Encoder, [latents, width]. */
    public float[] wEnc_sd() {
        return wEnc_sd;
    }

    /** Decoder, [latents, width]: a latent's row is its direction. */
    public float[] wDec_sd() {
        return wDec_sd;
    }

    public float[] bEnc_s() {
        return bEnc_s;
    }

    public float[] bDec_d() {
        return bDec_d;
    }

    public boolean allFinite() {
        return finite(wEnc_sd) && finite(wDec_sd) && finite(bEnc_s) && finite(bDec_d);
    }

    /** Whether every bit is the same. */
    public boolean sameBits(Parameters other) {
        return Arrays.equals(wEnc_sd, other.wEnc_sd)
                && Arrays.equals(wDec_sd, other.wDec_sd)
                && Arrays.equals(bEnc_s, other.bEnc_s)
                && Arrays.equals(bDec_d, other.bDec_d);
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static void requireLength(String name, float[] values, int length) {
        if (values.length != length) {
            throw new IllegalArgumentException(name + " has " + values.length + " elements, expected " + length);
        }
    }
}

package io.taxoscope.sae;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One number per parameter of an SAE: the weights themselves, or one of Adam's moments of them. Both matrices have a
 * row per latent. The arrays are live, not copies.
 *
 * <p>Every {@link Architecture} has {@code pre = w_enc (x - b_dec) + b_enc} and {@code x̂ = z w_dec + b_dec}; some have
 * further parameters, one number per latent each, under the names below.
 */
public final class Parameters {
    /** JumpReLU in training: the threshold's logarithm. */
    public static final String LOG_THRESHOLD = "log_threshold";
    /** Exported weights: what a pre-activation must exceed. */
    public static final String THRESHOLD = "threshold";
    /** Gated: logarithm of the factor between the gate's encoder and the magnitude's. */
    public static final String R_MAG = "r_mag";
    /** Gated: the magnitude's bias. */
    public static final String B_MAG = "b_mag";

    private final Shape shape;
    private final float[] wEnc_sd;
    private final float[] wDec_sd;
    private final float[] bEnc_s;
    private final float[] bDec_d;
    private final Map<String, float[]> perLatent;

    public Parameters(Shape shape, float[] wEnc_sd, float[] wDec_sd, float[] bEnc_s, float[] bDec_d) {
        this(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, Map.of());
    }

    /** @param perLatent the architecture's further parameters by name */
    public Parameters(
            Shape shape,
            float[] wEnc_sd,
            float[] wDec_sd,
            float[] bEnc_s,
            float[] bDec_d,
            Map<String, float[]> perLatent) {
        requireLength("w_enc", wEnc_sd, shape.elements());
        requireLength("w_dec", wDec_sd, shape.elements());
        requireLength("b_enc", bEnc_s, shape.latents());
        requireLength("b_dec", bDec_d, shape.width());
        this.shape = shape;
        this.wEnc_sd = wEnc_sd;
        this.wDec_sd = wDec_sd;
        this.bEnc_s = bEnc_s;
        this.bDec_d = bDec_d;
        perLatent.forEach((name, values) -> requireLength(name, values, shape.latents()));
        this.perLatent = Collections.unmodifiableMap(new LinkedHashMap<>(perLatent));
    }

    public static Parameters zeros(Shape shape) {
        return new Parameters(
                shape,
                new float[shape.elements()],
                new float[shape.elements()],
                new float[shape.latents()],
                new float[shape.width()]);
    }

    /** Zeros for every parameter that {@code weights} have. */
    public static Parameters zerosLike(Parameters weights) {
        Parameters zeros = zeros(weights.shape);
        for (String name : weights.perLatentNames()) {
            zeros = zeros.with(name, new float[weights.shape.latents()]);
        }
        return zeros;
    }

    public Parameters copy() {
        Map<String, float[]> copies = new LinkedHashMap<>();
        perLatent.forEach((name, values) -> copies.put(name, values.clone()));
        return new Parameters(shape, wEnc_sd.clone(), wDec_sd.clone(), bEnc_s.clone(), bDec_d.clone(), copies);
    }

    /** The same arrays and one parameter more, or in place of another. */
    public Parameters with(String name, float[] values_s) {
        Map<String, float[]> more = new LinkedHashMap<>(perLatent);
        more.put(name, values_s);
        return new Parameters(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, more);
    }

    /** The same arrays, one parameter left out. */
    public Parameters without(String name) {
        Map<String, float[]> fewer = new LinkedHashMap<>(perLatent);
        fewer.remove(name);
        return new Parameters(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, fewer);
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

    /** Names of the further parameters, in a fixed order. */
    public Set<String> perLatentNames() {
        return perLatent.keySet();
    }

    /** One of the further parameters; fails when these weights do not have it. */
    public float[] perLatent_s(String name) {
        float[] values = perLatent.get(name);
        if (values == null) {
            throw new IllegalArgumentException("these weights have no " + name + ", only " + perLatent.keySet());
        }
        return values;
    }

    public boolean allFinite() {
        return finite(wEnc_sd)
                && finite(wDec_sd)
                && finite(bEnc_s)
                && finite(bDec_d)
                && perLatent.values().stream().allMatch(Parameters::finite);
    }

    /** Whether every bit is the same. */
    public boolean sameBits(Parameters other) {
        return Arrays.equals(wEnc_sd, other.wEnc_sd)
                && Arrays.equals(wDec_sd, other.wDec_sd)
                && Arrays.equals(bEnc_s, other.bEnc_s)
                && Arrays.equals(bDec_d, other.bDec_d)
                && perLatent.keySet().equals(other.perLatent.keySet())
                && perLatent.keySet().stream()
                        .allMatch(name -> Arrays.equals(perLatent_s(name), other.perLatent_s(name)));
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

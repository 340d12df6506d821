package io.taxoscope.sae;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One number per parameter of an SAE: the weights themselves, or one of Adam's moments of them. Both matrices have a
 * row per latent. The arrays are live, not copies.
 *
 * <p>Every {@link Architecture} has {@code pre = w_enc (x - b_dec) + b_enc} and {@code x̂ = z w_dec + b_dec}; some have
 * further parameters, one number per latent each, and some train factors that rows follow from, under the names below.
 */
public final class Parameters {
    /** JumpReLU in training: the threshold's logarithm. */
    public static final String LOG_THRESHOLD = "log_threshold";
    /** Exported weights, and JumpReLU that trains it directly: what a pre-activation must exceed. */
    public static final String THRESHOLD = "threshold";
    /** Gated: logarithm of the factor between the gate's encoder and the magnitude's. */
    public static final String R_MAG = "r_mag";
    /** Gated: the magnitude's bias. */
    public static final String B_MAG = "b_mag";

    /** Archetypal decoder: convex weights, [latents, candidates]. */
    public static final String ARCHETYPE_WEIGHTS = "archetype_weights";
    /** Archetypal decoder: what is added to the convex combinations, [latents, width]. */
    public static final String RELAXATION = "relaxation";
    /** Archetypal decoder: the points, [candidates, width]; never trained. */
    public static final String CANDIDATES = "candidates";
    /** Hierarchical: into each parent's subspace, [parents, subspace, width]. */
    public static final String SUBSPACE_DOWN = "subspace_down";
    /** Hierarchical: out of it, [parents, subspace, width]. */
    public static final String SUBSPACE_UP = "subspace_up";
    /** Hierarchical: encoder rows of children in the subspace, [parents, children, subspace]. */
    public static final String CHILD_ENCODER = "child_encoder";
    /** Hierarchical: decoder rows of children in the subspace, [parents, children, subspace]. */
    public static final String CHILD_DECODER = "child_decoder";

    private final Shape shape;
    private final float[] wEnc_sd;
    private final float[] wDec_sd;
    private final float[] bEnc_s;
    private final float[] bDec_d;
    private final Map<String, float[]> perLatent;
    private final Map<String, float[]> factors;

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
        this(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, perLatent, Map.of());
    }

    private Parameters(
            Shape shape,
            float[] wEnc_sd,
            float[] wDec_sd,
            float[] bEnc_s,
            float[] bDec_d,
            Map<String, float[]> perLatent,
            Map<String, float[]> factors) {
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
        this.factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
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
        for (String name : weights.factorNames()) {
            zeros = zeros.withFactor(name, new float[weights.factor(name).length]);
        }
        return zeros;
    }

    public Parameters copy() {
        return new Parameters(
                shape,
                wEnc_sd.clone(),
                wDec_sd.clone(),
                bEnc_s.clone(),
                bDec_d.clone(),
                copies(perLatent),
                copies(factors));
    }

    private static Map<String, float[]> copies(Map<String, float[]> arrays) {
        Map<String, float[]> copies = new LinkedHashMap<>();
        arrays.forEach((name, values) -> copies.put(name, values.clone()));
        return copies;
    }

    /** The same arrays and one parameter more, or in place of another. */
    public Parameters with(String name, float[] values_s) {
        Map<String, float[]> more = new LinkedHashMap<>(perLatent);
        more.put(name, values_s);
        return new Parameters(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, more, factors);
    }

    /** The same arrays, one parameter left out. */
    public Parameters without(String name) {
        Map<String, float[]> fewer = new LinkedHashMap<>(perLatent);
        fewer.remove(name);
        return new Parameters(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, fewer, factors);
    }

    /** The same arrays and one factor more, or in place of another. */
    public Parameters withFactor(String name, float[] values) {
        Map<String, float[]> more = new LinkedHashMap<>(factors);
        more.put(name, values);
        return new Parameters(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, perLatent, more);
    }

    /** The same arrays without the factors that only training needs. */
    public Parameters withoutFactors() {
        return new Parameters(shape, wEnc_sd, wDec_sd, bEnc_s, bDec_d, perLatent);
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

    /** Names of the factors, in a fixed order. */
    public Set<String> factorNames() {
        return factors.keySet();
    }

    /** One of the factors; fails when these weights do not have it. */
    public float[] factor(String name) {
        float[] values = factors.get(name);
        if (values == null) {
            throw new IllegalArgumentException("these weights have no factor " + name + ", only " + factors.keySet());
        }
        return values;
    }

    /** All arrays that training moves, in a fixed order. */
    public List<float[]> trained() {
        List<float[]> arrays = new ArrayList<>(List.of(wEnc_sd, wDec_sd, bEnc_s, bDec_d));
        arrays.addAll(perLatent.values());
        factors.forEach((name, values) -> {
            if (!name.equals(CANDIDATES)) {
                arrays.add(values);
            }
        });
        return arrays;
    }

    public boolean allFinite() {
        return trained().stream().allMatch(Parameters::finite);
    }

    /** Whether every bit is the same. */
    public boolean sameBits(Parameters other) {
        return Arrays.equals(wEnc_sd, other.wEnc_sd)
                && Arrays.equals(wDec_sd, other.wDec_sd)
                && Arrays.equals(bEnc_s, other.bEnc_s)
                && Arrays.equals(bDec_d, other.bDec_d)
                && same(perLatent, other.perLatent)
                && same(factors, other.factors);
    }

    private static boolean same(Map<String, float[]> some, Map<String, float[]> others) {
        return some.keySet().equals(others.keySet())
                && some.keySet().stream().allMatch(name -> Arrays.equals(some.get(name), others.get(name)));
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

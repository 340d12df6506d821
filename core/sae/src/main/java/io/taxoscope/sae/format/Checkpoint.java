package io.taxoscope.sae.format;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.training.Validation;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training's state in one safetensors file, replaced as a whole, so that a killed training goes on to the same bits. */
public final class Checkpoint {
    private static final String FORMAT = "taxoscope-checkpoint-1";

    private static final List<String> FACTORS = List.of(
            Parameters.ARCHETYPE_WEIGHTS,
            Parameters.RELAXATION,
            Parameters.CANDIDATES,
            Parameters.SUBSPACE_DOWN,
            Parameters.SUBSPACE_UP,
            Parameters.CHILD_ENCODER,
            Parameters.CHILD_DECODER);

    private static final String THRESHOLD_BITS = "threshold_bits";
    private static final String VALIDATION_BITS = "validation_bits";
    private static final String VALIDATION_STEP = "validation_best_step";

    private Checkpoint() {}

    /** @param training names the config and the activations; {@link #read} refuses another one's file */
    public static void write(Path file, TrainingState state, String training) {
        write(file, state, Validation.NONE, training);
    }

    /** @param validation what early stopping has measured up to {@code state} */
    public static void write(Path file, TrainingState state, Validation validation, String training) {
        Shape shape = state.weights().shape();
        List<Tensor> tensors = new ArrayList<>();
        addParameters(tensors, "weights", state.weights());
        addParameters(tensors, "first_moments", state.firstMoments());
        addParameters(tensors, "second_moments", state.secondMoments());
        tensors.add(Tensor.of("silent_for", state.silentFor_s(), shape.latents()));
        tensors.add(Tensor.of("input_scale", new float[] {state.inputScale()}, 1));
        tensors.add(Tensor.of("step", new int[] {state.step()}, 1));
        if (!Double.isNaN(state.threshold())) {
            tensors.add(Tensor.of(THRESHOLD_BITS, new long[] {Double.doubleToRawLongBits(state.threshold())}, 1));
        }
        if (validation.bestStep() > 0) {
            tensors.add(Tensor.of(
                    VALIDATION_BITS,
                    new long[] {
                        Double.doubleToRawLongBits(validation.fvu()), Double.doubleToRawLongBits(validation.bestFvu())
                    },
                    2));
            tensors.add(Tensor.of(VALIDATION_STEP, new int[] {validation.bestStep()}, 1));
        }
        Safetensors.write(file, Map.of("format", FORMAT, "training", training), tensors);
    }

    public static TrainingState read(Path file, String training) {
        try (Safetensors tensors = Safetensors.read(file)) {
            Map<String, String> expected = Map.of("format", FORMAT, "training", training);
            if (!tensors.metadata().equals(expected)) {
                throw new TaxoscopeException(
                        SaeError.CHECKPOINT_UNREADABLE,
                        file + " belongs to " + tensors.metadata() + ", not to " + expected
                                + "; remove it to start anew");
            }
            return new TrainingState(
                    parameters(tensors, "weights"),
                    parameters(tensors, "first_moments"),
                    parameters(tensors, "second_moments"),
                    tensors.longs("silent_for"),
                    tensors.floats("input_scale")[0],
                    tensors.ints("step")[0],
                    tensors.has(THRESHOLD_BITS)
                            ? Double.longBitsToDouble(tensors.longs(THRESHOLD_BITS)[0])
                            : Double.NaN);
        }
    }

    /** What early stopping had measured when {@code file} was written. */
    public static Validation readValidation(Path file) {
        try (Safetensors tensors = Safetensors.read(file)) {
            if (!tensors.has(VALIDATION_BITS)) {
                return Validation.NONE;
            }
            long[] bits = tensors.longs(VALIDATION_BITS);
            return new Validation(
                    Double.longBitsToDouble(bits[0]),
                    Double.longBitsToDouble(bits[1]),
                    tensors.ints(VALIDATION_STEP)[0]);
        }
    }

    private static void addParameters(List<Tensor> tensors, String prefix, Parameters parameters) {
        int d = parameters.shape().width();
        int s = parameters.shape().latents();
        tensors.add(Tensor.of(prefix + ".w_enc", parameters.wEnc_sd(), s, d));
        tensors.add(Tensor.of(prefix + ".w_dec", parameters.wDec_sd(), s, d));
        tensors.add(Tensor.of(prefix + ".b_enc", parameters.bEnc_s(), s));
        tensors.add(Tensor.of(prefix + ".b_dec", parameters.bDec_d(), d));
        for (String name : parameters.perLatentNames()) {
            tensors.add(Tensor.of(prefix + "." + name, parameters.perLatent_s(name), s));
        }
        for (String name : parameters.factorNames()) {
            float[] values = parameters.factor(name);
            tensors.add(Tensor.of(prefix + "." + name, values, values.length));
        }
    }

    private static Parameters parameters(Safetensors tensors, String prefix) {
        List<Long> sizes = tensors.info(prefix + ".w_dec").shape();
        Map<String, float[]> perLatent = new LinkedHashMap<>();
        for (String name :
                List.of(Parameters.LOG_THRESHOLD, Parameters.THRESHOLD, Parameters.R_MAG, Parameters.B_MAG)) {
            if (tensors.has(prefix + "." + name)) {
                perLatent.put(name, tensors.floats(prefix + "." + name));
            }
        }
        Parameters parameters = new Parameters(
                new Shape(Math.toIntExact(sizes.get(1)), Math.toIntExact(sizes.get(0))),
                tensors.floats(prefix + ".w_enc"),
                tensors.floats(prefix + ".w_dec"),
                tensors.floats(prefix + ".b_enc"),
                tensors.floats(prefix + ".b_dec"),
                perLatent);
        for (String name : FACTORS) {
            if (tensors.has(prefix + "." + name)) {
                parameters = parameters.withFactor(name, tensors.floats(prefix + "." + name));
            }
        }
        return parameters;
    }
}

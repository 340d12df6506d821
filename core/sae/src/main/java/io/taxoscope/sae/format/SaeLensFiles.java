package io.taxoscope.sae.format;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.Shape;
import io.taxoscope.store.AtomicFiles;
import io.taxoscope.store.DType;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * SAEs as SAELens v6 stores them: {@code sae_weights.safetensors} with {@code W_enc [d_in, d_sae]}, {@code b_enc},
 * {@code W_dec [d_sae, d_in]} and {@code b_dec}, and {@code cfg.json}. JumpReLU has a {@code threshold} per latent, and so
 * have BatchTopK and Matryoshka, which become JumpReLU when they are stored; Gated has {@code b_gate}, {@code b_mag} and
 * {@code r_mag} instead of {@code b_enc}.
 */
public final class SaeLensFiles {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String GATE_BIAS = "b_gate";

    private SaeLensFiles() {}

    /** Writes the weights atomically; the same weights give the same bytes. */
    public static Sha256 writeWeights(Path file, Parameters weights) {
        return AtomicFiles.write(file, out -> writeWeights(out, weights));
    }

    /** The same to a stream. */
    public static void writeWeights(OutputStream out, Parameters weights) throws IOException {
        Shape shape = weights.shape();
        int d = shape.width();
        int s = shape.latents();
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.of("W_enc", transposed(weights.wEnc_sd(), s, d), d, s));
        tensors.add(Tensor.of(isGated(weights) ? GATE_BIAS : "b_enc", weights.bEnc_s(), s));
        tensors.add(Tensor.of("W_dec", weights.wDec_sd(), s, d));
        tensors.add(Tensor.of("b_dec", weights.bDec_d(), d));
        for (String name : weights.perLatentNames()) {
            tensors.add(Tensor.of(name, weights.perLatent_s(name), s));
        }
        Safetensors.write(out, Map.of("format", "sae_lens"), tensors);
    }

    private static boolean isGated(Parameters weights) {
        return weights.perLatentNames().contains(Parameters.R_MAG);
    }

    /** Reads weights of any SAE in this layout whose {@code b_dec} is subtracted from the input. */
    public static Parameters readWeights(Path file) {
        try (Safetensors tensors = Safetensors.read(file)) {
            List<Long> sizes = tensors.info("W_dec").shape();
            if (sizes.size() != 2) {
                throw new TaxoscopeException(SaeError.WEIGHTS_UNREADABLE, file + " has a W_dec of shape " + sizes);
            }
            int s = Math.toIntExact(sizes.get(0));
            int d = Math.toIntExact(sizes.get(1));
            tensors.require("W_enc", DType.F32, d, s);
            return new Parameters(
                    new Shape(d, s),
                    transposed(tensors.floats("W_enc"), d, s),
                    tensors.floats("W_dec"),
                    tensors.floats(tensors.has(GATE_BIAS) ? GATE_BIAS : "b_enc"),
                    tensors.floats("b_dec"),
                    perLatent(tensors, s));
        }
    }

    private static Map<String, float[]> perLatent(Safetensors tensors, int latents) {
        Map<String, float[]> found = new LinkedHashMap<>();
        for (String name : List.of(Parameters.THRESHOLD, Parameters.R_MAG, Parameters.B_MAG)) {
            if (tensors.has(name)) {
                tensors.require(name, DType.F32, latents);
                found.put(name, tensors.floats(name));
            }
        }
        return found;
    }

    /**
     * The {@code cfg.json} beside the weights.
     *
     * @param metadata what made the SAE, such as model and hook; ends up in the file's {@code metadata}
     */
    public static String config(Shape shape, Activation activation, Map<String, Object> metadata) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("architecture", architecture(activation));
        config.put("d_in", shape.width());
        config.put("d_sae", shape.latents());
        config.put("dtype", "float32");
        config.put("device", "cpu");
        config.put("apply_b_dec_to_input", true);
        config.put("normalize_activations", "none");
        config.put("reshape_activations", "none");
        if (activation instanceof Activation.TopK topK) {
            config.put("k", topK.k());
            config.put("rescale_acts_by_decoder_norm", false);
        }
        if (activation instanceof Activation.SignedTopK topK) {
            config.put("k", topK.k());
        }
        if (activation instanceof Activation.Hierarchical tree) {
            config.put("k", tree.k());
            config.put("parents", tree.parents());
            config.put("children", tree.children());
        }
        config.put("metadata", metadata);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(config);
    }

    /** The same for a TopK SAE. */
    public static String config(Shape shape, int k, Map<String, Object> metadata) {
        return config(shape, new Activation.TopK(k), metadata);
    }

    private static String architecture(Activation activation) {
        return switch (activation) {
            case Activation.TopK topK -> "topk";
            case Activation.SignedTopK topK -> "taxoscope_signed_topk";
            case Activation.Relu relu -> "standard";
            case Activation.JumpRelu jumpRelu -> "jumprelu";
            case Activation.Gated gated -> "gated";
            case Activation.Hierarchical tree -> "taxoscope_hierarchical";
        };
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return turned;
    }
}

package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.store.AtomicFiles;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes SAEs for other tools, without a pickle and without losing a bit; refuses what a format cannot express. */
public final class SaeWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private SaeWriter() {}

    /**
     * The files of one SAE in a format, by name; each is written when its body is asked to.
     *
     * @param metadata what made the SAE; kept where the format has a place for it
     * @throws TaxoscopeException {@code FORMAT_CANNOT_EXPRESS} with the reason
     */
    public static Map<String, AtomicFiles.Body> files(
            SaeFormat format, Parameters weights, Activation activation, Map<String, Object> metadata) {
        return switch (format) {
            case SAE_LENS -> saeLens(weights, activation, metadata);
            case SPARSIFY -> sparsify(weights, activation);
            case DICTIONARY_LEARNING -> DictionaryLearningFiles.of(weights, activation);
            case TAXOSCOPE -> taxoscope(weights, activation, metadata);
            case SAEV, OVERCOMPLETE, MSAE, STATE_DICT ->
                throw refused(
                        format,
                        "is a Python pickle, which is not written; take SAE_LENS, SPARSIFY, DICTIONARY_LEARNING or TAXOSCOPE");
        };
    }

    private static Map<String, AtomicFiles.Body> saeLens(
            Parameters weights, Activation activation, Map<String, Object> metadata) {
        if (activation instanceof Activation.Hierarchical) {
            throw refused(SaeFormat.SAE_LENS, "has no hierarchical architecture; take TAXOSCOPE");
        }
        if (activation instanceof Activation.SignedTopK) {
            throw refused(SaeFormat.SAE_LENS, "has a ReLU in its TOPK, and this SAE keeps negatives; take TAXOSCOPE");
        }
        String config = SaeLensFiles.config(weights.shape(), activation, metadata);
        Map<String, AtomicFiles.Body> files = new LinkedHashMap<>();
        files.put("cfg.json", out -> out.write(config.getBytes(StandardCharsets.UTF_8)));
        files.put("sae_weights.safetensors", out -> SaeLensFiles.writeWeights(out, weights));
        return files;
    }

    /** {@code num_latents} counts in its cfg.json; {@code expansion_factor} is what it would be without. */
    private static Map<String, AtomicFiles.Body> sparsify(Parameters weights, Activation activation) {
        if (!(activation instanceof Activation.TopK topK)) {
            throw refused(SaeFormat.SPARSIFY, "has TOPK alone, and this SAE's codes are made by " + name(activation));
        }
        int d = weights.shape().width();
        int s = weights.shape().latents();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("activation", "topk");
        config.put("expansion_factor", Math.max(1, s / d));
        config.put("normalize_decoder", false);
        config.put("num_latents", s);
        config.put("k", topK.k());
        config.put("multi_topk", false);
        config.put("skip_connection", false);
        config.put("transcode", false);
        config.put("d_in", d);
        List<Tensor> tensors = List.of(
                Tensor.of("encoder.weight", weights.wEnc_sd(), s, d),
                Tensor.of("encoder.bias", weights.bEnc_s(), s),
                Tensor.of("W_dec", weights.wDec_sd(), s, d),
                Tensor.of("b_dec", weights.bDec_d(), d));
        return pair("cfg.json", config, "sae.safetensors", Map.of("format", "pt"), tensors);
    }

    private static Map<String, AtomicFiles.Body> taxoscope(
            Parameters weights, Activation activation, Map<String, Object> metadata) {
        int d = weights.shape().width();
        int s = weights.shape().latents();
        List<Tensor> tensors = new ArrayList<>(List.of(
                Tensor.of("w_enc", weights.wEnc_sd(), s, d),
                Tensor.of("w_dec", weights.wDec_sd(), s, d),
                Tensor.of("b_enc", weights.bEnc_s(), s),
                Tensor.of("b_dec", weights.bDec_d(), d)));
        for (String name : weights.perLatentNames()) {
            tensors.add(Tensor.of(name, weights.perLatent_s(name), s));
        }
        Map<String, String> header = new LinkedHashMap<>();
        header.put("format", TaxoscopeLayout.FORMAT);
        header.put("activation", name(activation));
        if (activation instanceof Activation.TopK topK) {
            header.put("k", String.valueOf(topK.k()));
        }
        if (activation instanceof Activation.SignedTopK topK) {
            header.put("k", String.valueOf(topK.k()));
        }
        if (activation instanceof Activation.Hierarchical tree) {
            header.put("k", String.valueOf(tree.k()));
            header.put("parents", String.valueOf(tree.parents()));
            header.put("children", String.valueOf(tree.children()));
        }
        header.put("provenance", JSON.writeValueAsString(metadata));
        Map<String, AtomicFiles.Body> files = new LinkedHashMap<>();
        files.put("sae.safetensors", out -> Safetensors.write(out, header, tensors));
        return files;
    }

    static Map<String, AtomicFiles.Body> pair(
            String configName,
            Map<String, Object> config,
            String tensorName,
            Map<String, String> header,
            List<Tensor> tensors) {
        byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
        Map<String, AtomicFiles.Body> files = new LinkedHashMap<>();
        files.put(configName, out -> out.write(json));
        files.put(tensorName, out -> Safetensors.write(out, header, tensors));
        return files;
    }

    static String name(Activation activation) {
        return switch (activation) {
            case Activation.TopK topK -> "topk";
            case Activation.SignedTopK topK -> "signed_topk";
            case Activation.Relu relu -> "relu";
            case Activation.JumpRelu jumpRelu -> "jumprelu";
            case Activation.Gated gated -> "gated";
            case Activation.Hierarchical tree -> "hierarchical";
        };
    }

    static TaxoscopeException refused(SaeFormat format, String reason) {
        String message = "%s %s".formatted(format, reason);
        return new TaxoscopeException(
                SaeError.FORMAT_CANNOT_EXPRESS, message, List.of(new FieldError("format", message)));
    }
}

package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.store.AtomicFiles;
import io.taxoscope.store.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * dictionary_learning's {@code config.json} and the state_dict of one of its classes, the latter as safetensors: {@code
 * ae.load_state_dict(safetensors.torch.load_file("ae.safetensors"))}. One threshold for all latents is a BatchTopKSAE, which
 * says the same in the same bits. Its JumpReluAutoEncoder does not subtract b_dec, and that and its GatedAutoEncoder
 * multiply codes by the decoder's norms: they can hold SAEs of unit norm alone.
 */
final class DictionaryLearningFiles {
    private static final double UNIT = 1e-4;

    private final Parameters weights;
    private final int width;
    private final int latents;

    private DictionaryLearningFiles(Parameters weights) {
        this.weights = weights;
        this.width = weights.shape().width();
        this.latents = weights.shape().latents();
    }

    static Map<String, AtomicFiles.Body> of(Parameters weights, Activation activation) {
        var files = new DictionaryLearningFiles(weights);
        return switch (activation) {
            case Activation.Relu relu -> files.linear("AutoEncoder", "bias", List.of());
            case Activation.TopK topK ->
                files.linear(
                        "AutoEncoderTopK",
                        "b_dec",
                        List.of(Tensor.of("k", new int[] {topK.k()}), Tensor.of("threshold", new float[] {-1})));
            case Activation.SignedTopK topK ->
                throw SaeWriter.refused(
                        SaeFormat.DICTIONARY_LEARNING,
                        "has a ReLU in its TOPK, and this SAE keeps negatives; take TAXOSCOPE");
            case Activation.JumpRelu jumpRelu -> files.jumpRelu();
            case Activation.Gated gated -> files.gated();
            case Activation.Hierarchical tree ->
                throw SaeWriter.refused(
                        SaeFormat.DICTIONARY_LEARNING, "has no hierarchical architecture; take TAXOSCOPE");
        };
    }

    private Map<String, AtomicFiles.Body> linear(String type, String decoderBias, List<Tensor> more) {
        List<Tensor> tensors = layers();
        tensors.add(Tensor.of("encoder.bias", weights.bEnc_s(), latents));
        tensors.add(Tensor.of(decoderBias, weights.bDec_d(), width));
        tensors.addAll(more);
        return pair(type, tensors);
    }

    private List<Tensor> layers() {
        return new ArrayList<>(List.of(
                Tensor.of("encoder.weight", weights.wEnc_sd(), latents, width),
                Tensor.of("decoder.weight", turned(weights.wDec_sd()), width, latents)));
    }

    private Map<String, AtomicFiles.Body> jumpRelu() {
        float[] threshold_s = weights.perLatent_s(Parameters.THRESHOLD);
        boolean isOneThreshold = true;
        for (float threshold : threshold_s) {
            isOneThreshold &= threshold == threshold_s[0];
        }
        if (isOneThreshold && threshold_s[0] >= 0) {
            // k counts in training alone, which is over; the class wants one.
            return linear(
                    "BatchTopKSAE",
                    "b_dec",
                    List.of(Tensor.of("k", new int[] {1}), Tensor.of("threshold", new float[] {threshold_s[0]})));
        }
        throw SaeWriter.refused(
                SaeFormat.DICTIONARY_LEARNING,
                "has no JumpReLU that subtracts b_dec, so a threshold for each latent would need other weights; take"
                        + " SAE_LENS or TAXOSCOPE");
    }

    private Map<String, AtomicFiles.Body> gated() {
        requireUnitNorms();
        List<Tensor> tensors = layers();
        tensors.add(Tensor.of("decoder_bias", weights.bDec_d(), width));
        tensors.add(Tensor.of("gate_bias", weights.bEnc_s(), latents));
        tensors.add(Tensor.of("r_mag", weights.perLatent_s(Parameters.R_MAG), latents));
        tensors.add(Tensor.of("mag_bias", weights.perLatent_s(Parameters.B_MAG), latents));
        return pair("GatedAutoEncoder", tensors);
    }

    private void requireUnitNorms() {
        var stored = new StoredSae(weights, new Activation.Relu()).withCodesTimesDecoderNorm();
        for (int latent = 0; latent < latents; latent++) {
            double norm = stored.codeFactor(latent);
            if (Math.abs(norm - 1) > UNIT) {
                throw SaeWriter.refused(
                        SaeFormat.DICTIONARY_LEARNING,
                        "multiplies Gated codes by the decoder's norms, and latent %d has the norm %.4f, not 1; take SAE_LENS or TAXOSCOPE"
                                .formatted(latent, norm));
            }
        }
    }

    private Map<String, AtomicFiles.Body> pair(String type, List<Tensor> tensors) {
        Map<String, Object> trainer = new LinkedHashMap<>();
        trainer.put("dict_class", type);
        trainer.put("activation_dim", width);
        trainer.put("dict_size", latents);
        return SaeWriter.pair(
                "config.json", Map.of("trainer", trainer), "ae.safetensors", Map.of("format", "pt"), tensors);
    }

    private float[] turned(float[] rows_sd) {
        return new DenseTensor("w_dec", List.of((long) latents, (long) width), rows_sd).transposed(latents, width);
    }
}

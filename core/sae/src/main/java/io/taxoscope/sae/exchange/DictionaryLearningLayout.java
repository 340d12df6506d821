package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * dictionary_learning: classes of {@code nn.Linear} layers keep {@code encoder.weight [F, d]} and {@code decoder.weight
 * [d, F]}; classes of parameters keep {@code W_enc [d, F]} and {@code W_dec [F, d]}. The codes of JumpReLU and Gated are
 * multiplied by the decoder's norms. What the state_dict has does not tell TopK from BatchTopK: {@code config.json} does.
 */
final class DictionaryLearningLayout implements Layout {
    private static final String ENCODER = "encoder.weight";
    private static final String DECODER = "decoder.weight";
    private static final String THRESHOLD = "threshold";

    @Override
    public SaeFormat format() {
        return SaeFormat.DICTIONARY_LEARNING;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        boolean hasLayers = names.contains(ENCODER) && names.contains(DECODER);
        return hasLayers || trainer(files).isPresent();
    }

    private static Optional<JsonNode> trainer(SaeFiles files) {
        return files.json("config.json").map(config -> config.get("trainer")).filter(node -> node.has("dict_class"));
    }

    @Override
    public StoredSae read(Opened in) {
        String named = trainer(in.files())
                .flatMap(trainer -> Opened.text(trainer, "dict_class"))
                .orElseGet(() -> guess(in));
        return switch (named) {
            case "AutoEncoder" ->
                new StoredSae(in.linearLayers(ENCODER, DECODER, "encoder.bias", "bias"), new Activation.Relu());
            case "AutoEncoderNew" ->
                new StoredSae(in.linearLayers(ENCODER, DECODER, "encoder.bias", "decoder.bias"), new Activation.Relu())
                        .withoutSubtractingDecoderBias()
                        .note("AutoEncoderNew does not subtract its bias: it was taken into b_enc");
            case "AutoEncoderTopK" -> topK(in, in.linearLayers(ENCODER, DECODER, "encoder.bias", "b_dec"));
            case "BatchTopKSAE" -> batchTopK(in, in.linearLayers(ENCODER, DECODER, "encoder.bias", "b_dec"));
            case "MatryoshkaBatchTopKSAE" -> batchTopK(in, in.encoderTurned("W_enc", "W_dec", "b_enc", "b_dec"));
            case "JumpReluAutoEncoder" -> jumpRelu(in);
            case "GatedAutoEncoder" -> gated(in);
            default -> throw Opened.unsupported("the class %s of dictionary_learning is not known".formatted(named));
        };
    }

    private static String guess(Opened in) {
        if (in.has("r_mag")) {
            return "GatedAutoEncoder";
        }
        if (in.has("group_sizes")) {
            return "MatryoshkaBatchTopKSAE";
        }
        if (in.has("bias")) {
            return "AutoEncoder";
        }
        if (in.has("decoder.bias")) {
            return "AutoEncoderNew";
        }
        ReadOptions.Kind kind = in.choices().activation();
        if (in.has("W_enc") && in.has(THRESHOLD)) {
            return "JumpReluAutoEncoder";
        }
        if (kind == ReadOptions.Kind.TOPK || !in.has(THRESHOLD)) {
            return "AutoEncoderTopK";
        }
        if (kind == ReadOptions.Kind.JUMPRELU) {
            return "BatchTopKSAE";
        }
        throw Choices.refused(
                "activation",
                "is needed: AutoEncoderTopK and BatchTopKSAE have the same tensors, and config.json is missing; "
                        + "TOPK for the one, JUMPRELU for the other");
    }

    private static StoredSae topK(Opened in, Parameters weights) {
        int k = (int) in.tensor("k").scalar();
        if (k < 1) {
            throw SaeFiles.unreadable("k is " + k);
        }
        return new StoredSae(weights, new Activation.TopK(Choices.atMost(k, weights.shape())));
    }

    private static StoredSae batchTopK(Opened in, Parameters weights) {
        double threshold = in.tensor(THRESHOLD).scalar();
        if (threshold < 0) {
            throw Opened.unsupported(
                    "its threshold is %s: it was saved before training had set one, and cannot encode single examples"
                            .formatted(threshold));
        }
        float[] threshold_s = Choices.filled(weights.shape().latents(), threshold);
        return new StoredSae(weights.with(Parameters.THRESHOLD, threshold_s), new Activation.JumpRelu());
    }

    private static StoredSae jumpRelu(Opened in) {
        Parameters weights = in.encoderTurned("W_enc", "W_dec", "b_enc", "b_dec");
        float[] threshold_s = in.tensor(THRESHOLD).vector(weights.shape().latents());
        return new StoredSae(weights.with(Parameters.THRESHOLD, threshold_s), new Activation.JumpRelu())
                .withoutSubtractingDecoderBias()
                .withCodesTimesDecoderNorm()
                .note(
                        "JumpReluAutoEncoder does not subtract b_dec and multiplies codes by the decoder's norms: both were"
                                + " taken into the weights");
    }

    private static StoredSae gated(Opened in) {
        DenseTensor encoder = in.tensor(ENCODER);
        int latents = encoder.rows();
        Parameters weights = in.linearLayers(ENCODER, DECODER, "gate_bias", "decoder_bias");
        return new StoredSae(
                        weights.with(Parameters.R_MAG, in.tensor("r_mag").vector(latents))
                                .with(Parameters.B_MAG, in.tensor("mag_bias").vector(latents)),
                        new Activation.Gated())
                .withCodesTimesDecoderNorm()
                .note("GatedAutoEncoder multiplies codes by the decoder's norms: they were taken into the weights");
    }
}

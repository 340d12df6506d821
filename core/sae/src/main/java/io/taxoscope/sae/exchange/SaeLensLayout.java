package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * SAELens: {@code W_enc [d_in, d_sae]}, {@code W_dec [d_sae, d_in]}. {@code apply_b_dec_to_input} may be false, and then
 * b_dec is not subtracted. BatchTopK and Matryoshka are stored as jumprelu.
 */
final class SaeLensLayout implements Layout {
    private static final String ENCODER = "W_enc";
    private static final String DECODER = "W_dec";
    private static final String DECODER_BIAS = "b_dec";

    @Override
    public SaeFormat format() {
        return SaeFormat.SAE_LENS;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        return names.contains(ENCODER)
                && files.json("cfg.json")
                        .map(config -> config.has("d_sae") || config.has("architecture"))
                        .orElse(false);
    }

    @Override
    public StoredSae read(Opened in) {
        JsonNode config = in.requireJson("cfg.json");
        requireExpressible(config);
        StoredSae sae = activated(in, config);
        if (config.has("apply_b_dec_to_input") && !Opened.isTrue(config, "apply_b_dec_to_input")) {
            sae.withoutSubtractingDecoderBias().note("apply_b_dec_to_input is false: b_dec was taken into b_enc");
        }
        if (Opened.isTrue(config, "rescale_acts_by_decoder_norm")) {
            sae.withCodesTimesDecoderNorm()
                    .note("rescale_acts_by_decoder_norm is true: the decoder's norms were taken into the weights");
        }
        if (Opened.text(config, "normalize_activations").orElse("none").equals("expected_average_only_in")) {
            double scale = in.choices().inputScale();
            sae.withInput(null, scale)
                    .note(
                            scale == 1
                                    ? "normalize_activations is expected_average_only_in and no scale is stored: activations must"
                                            + " be scaled before, or options.inputScale given"
                                    : "the input scale %s was taken into the weights".formatted(scale));
        }
        return sae;
    }

    private static void requireExpressible(JsonNode config) {
        String normalisation = Opened.text(config, "normalize_activations").orElse("none");
        if (!normalisation.equals("none") && !normalisation.equals("expected_average_only_in")) {
            throw Opened.unsupported(
                    "normalize_activations %s changes with each example; fold it in SAELens and save again"
                            .formatted(normalisation));
        }
        String reshape = Opened.text(config, "reshape_activations").orElse("none");
        if (!reshape.equals("none")) {
            throw Opened.unsupported("reshape_activations is " + reshape);
        }
    }

    private static StoredSae activated(Opened in, JsonNode config) {
        return switch (architecture(config)) {
            case "standard" -> new StoredSae(weights(in, "b_enc"), new Activation.Relu());
            case "topk" -> {
                Parameters weights = weights(in, "b_enc");
                yield new StoredSae(weights, new Activation.TopK(Choices.atMost(k(config), weights.shape())));
            }
            case "jumprelu" -> {
                Parameters weights = weights(in, "b_enc");
                yield new StoredSae(
                        weights.with(Parameters.THRESHOLD, perLatent(in, "threshold", weights)),
                        new Activation.JumpRelu());
            }
            case "gated" -> {
                Parameters weights = weights(in, "b_gate");
                yield new StoredSae(
                        weights.with(Parameters.R_MAG, perLatent(in, "r_mag", weights))
                                .with(Parameters.B_MAG, perLatent(in, "b_mag", weights)),
                        new Activation.Gated());
            }
            case String other ->
                throw Opened.unsupported(
                        "the architecture %s is none of standard, topk, jumprelu and gated".formatted(other));
        };
    }

    /** Before version 6 TopK was a standard SAE with another activation function. */
    private static String architecture(JsonNode config) {
        String named = Opened.text(config, "architecture").orElse("standard");
        boolean isOldTopK = Opened.text(config, "activation_fn_str")
                .or(() -> Opened.text(config, "activation_fn"))
                .filter("topk"::equals)
                .isPresent();
        return named.equals("standard") && isOldTopK ? "topk" : named;
    }

    private static int k(JsonNode config) {
        JsonNode old = config.get("activation_fn_kwargs");
        return Opened.positive(config.has("k") || old == null ? config : old, "k");
    }

    private static Parameters weights(Opened in, String encoderBias) {
        return in.encoderTurned(ENCODER, DECODER, encoderBias, DECODER_BIAS);
    }

    private static float[] perLatent(Opened in, String name, Parameters weights) {
        return in.tensor(name).vector(weights.shape().latents());
    }
}

package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** saev: b_dec is not subtracted before encoding, and TopK takes the largest without ReLU. */
final class SaevLayout implements Layout {
    private static final int DEFAULT_K = 32;

    @Override
    public SaeFormat format() {
        return SaeFormat.SAEV;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        return files.header().isPresent();
    }

    @Override
    public StoredSae read(Opened in) {
        JsonNode header = in.files()
                .header()
                .orElseThrow(
                        () -> SaeFiles.unreadable(in.files().tensorFile() + " does not begin with a line of JSON"));
        Parameters weights = in.encoderTurned("W_enc", "W_dec", "b_enc", "b_dec");
        return activated(in, header, weights)
                .withoutSubtractingDecoderBias()
                .note("saev does not subtract b_dec: it was taken into b_enc");
    }

    /** Schemas differ in where they say it; the first of all had ReLU alone. */
    private static StoredSae activated(Opened in, JsonNode header, Parameters weights) {
        JsonNode config = header.has("cfg") ? header.get("cfg") : header;
        JsonNode activation = config.get("activation");
        JsonNode named = activation == null ? header : activation;
        JsonNode params = activation == null ? config : activation.get("params");
        String kind = Opened.text(named, "cls").orElse("Relu");
        return switch (kind) {
            case "Relu", "SparseAutoencoderConfig" -> new StoredSae(weights, new Activation.Relu());
            case "TopK" -> topK(params, weights);
            case "BatchTopK" -> batchTopK(in, params, weights);
            default -> throw Opened.unsupported("the activation %s of saev is not known".formatted(kind));
        };
    }

    private static StoredSae topK(@org.jspecify.annotations.Nullable JsonNode params, Parameters weights) {
        int k = params != null && params.has("top_k") ? Opened.positive(params, "top_k") : DEFAULT_K;
        return new StoredSae(weights, new Activation.SignedTopK(Choices.atMost(k, weights.shape())))
                .note("saev's TopK has no ReLU: codes may be negative");
    }

    /** With a threshold it encodes as JumpReLU; before there was one, BatchTopK took the k largest of each example. */
    private static StoredSae batchTopK(
            Opened in, @org.jspecify.annotations.Nullable JsonNode params, Parameters weights) {
        Optional<String> threshold = in.tensors().names().stream()
                .filter(name -> name.equals("threshold") || name.endsWith(".threshold"))
                .findFirst();
        if (threshold.isEmpty()) {
            return topK(params, weights);
        }
        float[] stored = in.tensor(threshold.get()).values();
        int latents = weights.shape().latents();
        float[] threshold_s = stored.length == 1
                ? Choices.filled(latents, stored[0])
                : in.tensor(threshold.get()).vector(latents);
        return new StoredSae(weights.with(Parameters.THRESHOLD, threshold_s), new Activation.JumpRelu());
    }
}

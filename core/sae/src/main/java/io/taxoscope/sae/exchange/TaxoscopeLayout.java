package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ours: a row per latent in both matrices, b_dec subtracted, and the activation among the file's metadata. */
final class TaxoscopeLayout implements Layout {
    static final String FORMAT = "taxoscope-sae-1";
    static final List<String> PER_LATENT = List.of(Parameters.THRESHOLD, Parameters.R_MAG, Parameters.B_MAG);

    @Override
    public SaeFormat format() {
        return SaeFormat.TAXOSCOPE;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        return names.contains("w_enc") && names.contains("w_dec");
    }

    @Override
    public StoredSae read(Opened in) {
        Map<String, String> metadata = in.tensors().metadata();
        if (!FORMAT.equals(metadata.get("format"))) {
            throw SaeFiles.unreadable(
                    "its metadata has the format %s, not %s".formatted(metadata.get("format"), FORMAT));
        }
        Parameters weights = in.rowsPerLatent("w_enc", "w_dec", "b_enc", "b_dec");
        for (String name : PER_LATENT) {
            if (in.has(name)) {
                weights = weights.with(
                        name, in.tensor(name).vector(weights.shape().latents()));
            }
        }
        return new StoredSae(weights, activation(metadata, weights));
    }

    private static Activation activation(Map<String, String> metadata, Parameters weights) {
        String named = String.valueOf(metadata.get("activation"));
        return switch (named) {
            case "relu" -> new Activation.Relu();
            case "topk" -> new Activation.TopK(Choices.atMost(positive(metadata, "k"), weights.shape()));
            case "signed_topk" -> new Activation.SignedTopK(Choices.atMost(positive(metadata, "k"), weights.shape()));
            case "jumprelu" -> new Activation.JumpRelu();
            case "gated" -> new Activation.Gated();
            case "hierarchical" -> hierarchy(metadata, weights);
            default -> throw SaeFiles.unreadable("its metadata has the activation " + named);
        };
    }

    private static Activation hierarchy(Map<String, String> metadata, Parameters weights) {
        int parents = positive(metadata, "parents");
        int children = positive(metadata, "children");
        if ((long) parents * (1 + children) != weights.shape().latents()) {
            throw SaeFiles.unreadable("%d parents with %d children each are not its %d latents"
                    .formatted(parents, children, weights.shape().latents()));
        }
        return new Activation.Hierarchical(positive(metadata, "k"), parents, children);
    }

    private static int positive(Map<String, String> metadata, String name) {
        String value = String.valueOf(metadata.get(name));
        if (!value.matches("[1-9][0-9]{0,8}")) {
            throw SaeFiles.unreadable("its metadata has %s = %s".formatted(name, value));
        }
        return Integer.parseInt(value);
    }
}

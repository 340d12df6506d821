package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** sparsify: both matrices have a row per latent ({@code W_dec} is not the transpose that its name suggests). */
final class SparsifyLayout implements Layout {
    @Override
    public SaeFormat format() {
        return SaeFormat.SPARSIFY;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        return names.contains("encoder.weight") && names.contains("W_dec");
    }

    @Override
    public StoredSae read(Opened in) {
        JsonNode config = in.requireJson("cfg.json");
        requireAutoencoder(config);
        Parameters weights = in.rowsPerLatent("encoder.weight", "W_dec", "encoder.bias", "b_dec");
        int k = Choices.atMost(Opened.positive(config, "k"), weights.shape());
        return new StoredSae(weights, new Activation.TopK(k));
    }

    private static void requireAutoencoder(JsonNode config) {
        if (Opened.isTrue(config, "transcode")) {
            throw Opened.unsupported("it is a transcoder, which reconstructs another tensor than it reads");
        }
        if (Opened.isTrue(config, "skip_connection")) {
            throw Opened.unsupported("it has a skip connection (W_skip)");
        }
        if (Opened.isTrue(config, "signed")) {
            throw Opened.unsupported("it keeps negative codes (signed)");
        }
        String activation = Opened.text(config, "activation").orElse("topk");
        if (!activation.equals("topk")) {
            throw Opened.unsupported("its activation is %s, not topk".formatted(activation));
        }
    }
}

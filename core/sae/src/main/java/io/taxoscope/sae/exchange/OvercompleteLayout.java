package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * overcomplete: a linear layer, batch normalisation with its running moments, ReLU; a dictionary that is brought to unit norm
 * whenever it is used, and no bias in the decoder. Its state_dict says neither k nor the threshold of BatchTopK; JumpSAE
 * keeps the logarithms of its thresholds.
 */
final class OvercompleteLayout implements Layout {
    private static final double BATCH_NORM_EPSILON = 1e-5;
    private static final double NORM_EPSILON = 1e-8;

    @Override
    public SaeFormat format() {
        return SaeFormat.OVERCOMPLETE;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        return names.stream().anyMatch(name -> name.startsWith("dictionary."));
    }

    @Override
    public StoredSae read(Opened in) {
        String dictionary = first(in, "dictionary._weights", "dictionary.dictionary")
                .orElseThrow(() -> SaeFiles.unreadable("there is no dictionary._weights"));
        String linear = first(in, "encoder.final_block.0.weight", "encoder.0.weight")
                .map(name -> name.substring(0, name.length() - ".0.weight".length()))
                .orElseThrow(() -> Opened.unsupported("its encoder is none of overcomplete's linear ones"));
        if (in.tensors().names().stream().anyMatch(name -> name.startsWith("encoder.mlp_blocks"))) {
            throw Opened.unsupported("its encoder has hidden layers");
        }
        StoredSae sae = activated(in, weights(in, dictionary, linear));
        normalise(in, linear + ".1", sae);
        return sae.note("the dictionary was brought to unit norm, overcomplete's default");
    }

    private static Optional<String> first(Opened in, String... names) {
        return Stream.of(names).filter(in::has).findFirst();
    }

    private static Parameters weights(Opened in, String dictionary, String linear) {
        DenseTensor decoder = in.tensor(dictionary);
        Shape shape = new Shape(decoder.columns(), decoder.rows());
        float[] wDec_sd = decoder.values();
        for (int latent = 0; latent < shape.latents(); latent++) {
            double squares = 0;
            for (int at = latent * shape.width(); at < (latent + 1) * shape.width(); at++) {
                squares += (double) wDec_sd[at] * wDec_sd[at];
            }
            for (int at = latent * shape.width(); at < (latent + 1) * shape.width(); at++) {
                wDec_sd[at] = (float) (wDec_sd[at] / (Math.sqrt(squares) + NORM_EPSILON));
            }
        }
        return new Parameters(
                shape,
                in.tensor(linear + ".0.weight").matrix(shape.latents(), shape.width()),
                wDec_sd,
                in.tensor(linear + ".0.bias").vector(shape.latents()),
                new float[shape.width()]);
    }

    private static StoredSae activated(Opened in, Parameters weights) {
        if (!in.has("thresholds")) {
            return in.choices().activate(weights, SaeFormat.OVERCOMPLETE);
        }
        float[] threshold_s = in.tensor("thresholds").vector(weights.shape().latents());
        for (int latent = 0; latent < threshold_s.length; latent++) {
            threshold_s[latent] = (float) Math.exp(threshold_s[latent]);
        }
        return new StoredSae(weights.with(Parameters.THRESHOLD, threshold_s), new Activation.JumpRelu());
    }

    /** {@code (pre - mean) / sqrt(variance + epsilon) gamma + beta}, in evaluation. */
    private static void normalise(Opened in, String layer, StoredSae sae) {
        if (!in.has(layer + ".running_mean")) {
            if (in.has(layer + ".weight")) {
                throw Opened.unsupported("its encoder is normalised by a layer that depends on each example");
            }
            return;
        }
        int latents = sae.asStored().shape().latents();
        float[] gamma_s = in.tensor(layer + ".weight").vector(latents);
        float[] beta_s = in.tensor(layer + ".bias").vector(latents);
        float[] mean_s = in.tensor(layer + ".running_mean").vector(latents);
        float[] variance_s = in.tensor(layer + ".running_var").vector(latents);
        for (int latent = 0; latent < latents; latent++) {
            double factor = gamma_s[latent] / Math.sqrt(variance_s[latent] + BATCH_NORM_EPSILON);
            beta_s[latent] = (float) (beta_s[latent] - factor * mean_s[latent]);
            gamma_s[latent] = (float) factor;
        }
        sae.withPreActivations(gamma_s, beta_s)
                .note("batch normalisation with its running moments was taken into the weights");
    }
}

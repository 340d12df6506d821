package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Parameters;
import java.util.Optional;
import java.util.Set;

/**
 * MSAE: {@code encoder [d, F]} and {@code decoder [F, d]}, {@code pre_bias} subtracted and added back. Activations were
 * centred and scaled before, {@code (x - mean) scaling_factor}; the file's name alone says how codes are made sparse.
 */
final class MsaeLayout implements Layout {
    private static final String LATENT_BIAS = "latent_bias";

    @Override
    public SaeFormat format() {
        return SaeFormat.MSAE;
    }

    @Override
    public boolean recognises(SaeFiles files, Set<String> names) {
        return names.stream().anyMatch(name -> name.endsWith(LATENT_BIAS));
    }

    @Override
    public StoredSae read(Opened in) {
        String prefix = in.tensors().names().stream()
                .filter(name -> name.endsWith(LATENT_BIAS))
                .map(name -> name.substring(0, name.length() - LATENT_BIAS.length()))
                .findFirst()
                .orElseThrow(() -> SaeFiles.unreadable("there is no latent_bias"));
        Parameters weights =
                in.encoderTurned(prefix + "encoder", prefix + "decoder", prefix + LATENT_BIAS, prefix + "pre_bias");
        StoredSae sae = in.choices().activate(weights, SaeFormat.MSAE);
        int width = weights.shape().width();
        Optional<DenseTensor> mean = firstOf(in, "mean_center", "mean");
        Optional<DenseTensor> scale = firstOf(in, "scaling_factor");
        if (mean.isPresent() || scale.isPresent()) {
            sae.withInput(
                            mean.map(tensor -> tensor.vector(width)).orElse(null),
                            scale.map(DenseTensor::scalar).orElse(1.0))
                    .note("centring and scaling of the activations were taken into the weights");
        } else {
            sae.withInput(null, in.choices().inputScale());
        }
        return sae;
    }

    private static Optional<DenseTensor> firstOf(Opened in, String... names) {
        for (String name : names) {
            if (in.has(name)) {
                return Optional.of(in.tensor(name));
            }
        }
        return Optional.empty();
    }
}

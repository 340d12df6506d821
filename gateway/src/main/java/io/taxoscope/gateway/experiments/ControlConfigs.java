package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.SaeView;

/** Controls of SAEs whose own configuration does not say how many latents are active. */
final class ControlConfigs {
    private static final int BATCH = 1024;
    private static final double LEARNING_RATE = 1e-3;

    private ControlConfigs() {}

    /** A control of an SAE that exists: one trained here is repeated untrained, an imported one gets TOPK of its shape. */
    static SaeConfig beside(SaeView sae, int activeLatents, long seed, Variant variant) {
        if (variant == Variant.NEURONS) {
            return topK(activeLatents, 1, seed).neurons();
        }
        if (variant == Variant.PCA) {
            return topK(activeLatents, 1, seed).principalDirections();
        }
        SaeConfig trained = sae.config();
        if (trained != null && !trained.dictionary().isOfActivations()) {
            return trained.untrainedControl();
        }
        ImportedSae imported = sae.imported();
        int latents = imported == null ? 2 * sae.inputWidth() : imported.latents();
        return topK(Math.min(activeLatents, latents), latents, seed);
    }

    /** An untrained TOPK SAE; of it follow the controls that are no SAEs. */
    static SaeConfig topK(int k, int latents, long seed) {
        return new SaeConfig(
                Architecture.TOPK,
                k,
                latents,
                null,
                0,
                BATCH,
                LEARNING_RATE,
                new Schedule(0, Schedule.Decay.CONSTANT),
                null,
                true,
                DecoderBias.GEOMETRIC_MEDIAN,
                seed,
                Dictionary.INITIAL);
    }
}

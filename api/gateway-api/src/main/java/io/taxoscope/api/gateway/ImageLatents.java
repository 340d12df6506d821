package io.taxoscope.api.gateway;

import io.taxoscope.api.activation.TokenSelection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latents that one image activates, on one layer.
 *
 * @param step of the training, for a CHECKPOINT alone
 * @param latents strongest first
 */
public record ImageLatents(
        String layer,
        TokenSelection token,
        Variant variant,
        @Nullable Integer step,
        List<ActiveLatent> latents,
        Timing timing) {
    /**
     * @param activation the image's code
     * @param feature what the experiment found of the latent
     */
    public record ActiveLatent(double activation, ExperimentFeature feature) {}

    /**
     * Where the time went, in seconds.
     *
     * @param decode reading the image and preparing its pixels
     * @param model running the model up to the tap
     * @param modelWasLoaded whether the model was in memory already; if not, loading it is in the total alone
     * @param encode from the vector to the latents
     * @param scores looking the latents up
     * @param total from the image's arrival on
     */
    public record Timing(
            double decode, double model, boolean modelWasLoaded, double encode, double scores, double total) {}
}

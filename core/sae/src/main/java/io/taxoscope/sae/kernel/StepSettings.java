package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same from step to step.
 *
 * @param k latents active for one example
 * @param auxK revival of dead latents; null for none
 * @param unitNormDecoder keeps decoder rows at unit norm, with the parallel part of their gradient projected out
 */
public record StepSettings(int k, @Nullable AuxK auxK, boolean unitNormDecoder) {
    public StepSettings {
        if (k < 1) {
            throw new IllegalArgumentException("k must be positive: " + k);
        }
    }
}

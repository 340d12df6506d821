package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same from step to step.
 *
 * @param unitNormDecoder keeps decoder rows at unit norm, with the parallel part of their gradient projected out
 */
public record StepSettings(Architecture architecture, Optimizer optimizer, boolean unitNormDecoder) {
    /** Adam without clipping. */
    public StepSettings(Architecture architecture, boolean unitNormDecoder) {
        this(architecture, Optimizer.ADAM, unitNormDecoder);
    }

    /** A TopK SAE. */
    public StepSettings(int k, @Nullable AuxK auxK, boolean unitNormDecoder) {
        this(new Architecture.TopK(k, auxK), unitNormDecoder);
    }

    public @Nullable AuxK auxK() {
        return architecture.auxK();
    }
}

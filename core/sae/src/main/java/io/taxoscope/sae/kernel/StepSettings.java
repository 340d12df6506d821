package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same from step to step.
 *
 * @param preEncoderBias subtracts {@code b_dec} from the input of the encoder, {@code pre = w_enc (x - b_dec) + b_enc};
 *     otherwise {@code pre = w_enc x + b_enc}, and {@code b_dec} has a gradient from the output alone
 */
public record StepSettings(
        Architecture architecture, Optimizer optimizer, DecoderConstraint decoder, boolean preEncoderBias) {
    public StepSettings {
        decoder.requireFits(architecture, optimizer);
        if (!preEncoderBias && architecture instanceof Architecture.Hierarchical) {
            throw new IllegalArgumentException("a hierarchical SAE subtracts b_dec before its encoders");
        }
    }

    /** With {@code b_dec} subtracted from the input. */
    public StepSettings(Architecture architecture, Optimizer optimizer, boolean unitNormDecoder) {
        this(architecture, optimizer, DecoderConstraint.of(unitNormDecoder), true);
    }

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

    /** Whether selection is by the pre-activations as they are, without a ReLU. */
    boolean keepsNegatives() {
        return architecture instanceof Architecture.TopK topK && topK.keepsNegatives();
    }

    /** Whether a step needs the gradient of whole matrices, and cannot be taken row by row. */
    boolean needsWholeGradient() {
        return optimizer.needsMatrices()
                || decoder.archetypal() != null
                || architecture instanceof Architecture.Hierarchical;
    }
}

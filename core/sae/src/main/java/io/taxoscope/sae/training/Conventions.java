package io.taxoscope.sae.training;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * Choices in which tools differ without saying so.
 *
 * @param preEncoderBias subtracts {@code b_dec} before the encoder
 * @param resampling null for none
 * @param centring what is done to single elements of the activations
 */
public record Conventions(
        DecoderConstraint decoder,
        boolean preEncoderBias,
        DecoderStart start,
        InputScale inputScale,
        @Nullable Resampling resampling,
        InputCentring centring) {
    /** Of activations as they are. */
    public Conventions(
            DecoderConstraint decoder,
            boolean preEncoderBias,
            DecoderStart start,
            InputScale inputScale,
            @Nullable Resampling resampling) {
        this(decoder, preEncoderBias, start, inputScale, resampling, InputCentring.NONE);
    }

    public Conventions {
        if (start.norm() != 1 && !(decoder instanceof DecoderConstraint.Free) && start.norm() > 1) {
            throw new IllegalArgumentException(
                    "rows cannot start at norm " + start.norm() + " and be kept at 1 or less");
        }
        if (start.norm() != 1 && decoder.isUnitNorm()) {
            throw new IllegalArgumentException("a starting norm has no effect on rows that are kept at norm 1");
        }
        if (decoder.archetypal() != null && !start.equals(DecoderStart.RANDOM)) {
            throw new IllegalArgumentException("an archetypal decoder starts at its candidates; leave its start out");
        }
        if (resampling != null && decoder.archetypal() != null) {
            throw new IllegalArgumentException("rows of an archetypal decoder follow from its candidates and cannot be"
                    + " resampled; leave resampling out");
        }
    }

    /** Fails where a choice contradicts, or has no effect on, what is trained. */
    void requireFits(Architecture architecture, Optimizer optimizer) {
        decoder.requireFits(architecture, optimizer);
        boolean hierarchical = architecture instanceof Architecture.Hierarchical;
        if (hierarchical && !start.equals(DecoderStart.RANDOM)) {
            throw new IllegalArgumentException("a hierarchical SAE starts at random directions; leave the start out");
        }
        boolean ownParameters =
                architecture instanceof Architecture.JumpRelu || architecture instanceof Architecture.Gated;
        if (resampling != null && (hierarchical || ownParameters)) {
            throw new IllegalArgumentException("resampling gives a latent new rows and a bias, and this architecture's"
                    + " have more than these; leave it out");
        }
    }

    /** Ours: what training does when nobody says otherwise. */
    public static Conventions of(boolean unitNormDecoder) {
        return new Conventions(
                DecoderConstraint.of(unitNormDecoder), true, DecoderStart.RANDOM, InputScale.ABOUT_BIAS, null);
    }
}

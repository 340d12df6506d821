package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.Conventions.Archetypes;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.training.Conventions;
import io.taxoscope.sae.training.DecoderStart;
import io.taxoscope.sae.training.InputCentring;
import io.taxoscope.sae.training.InputScale;
import io.taxoscope.sae.training.Resampling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The contract's conventions, checked before, in the engine's words. */
final class ConventionsOf {
    private ConventionsOf() {}

    static Conventions config(SaeConfig config) {
        var conventions = Objects.requireNonNullElse(config.conventions(), io.taxoscope.api.sae.Conventions.OURS);
        return new Conventions(
                decoder(config.unitNormDecoder(), conventions),
                !Boolean.FALSE.equals(conventions.preEncoderBias()),
                start(conventions.decoderStart()),
                scale(conventions.inputScale()),
                resampling(conventions.resampling()),
                centring(conventions.inputCentring()));
    }

    private static InputCentring centring(io.taxoscope.api.sae.Conventions.@Nullable InputCentring centring) {
        if (centring == null) {
            return InputCentring.NONE;
        }
        return switch (centring) {
            case CENTRE -> InputCentring.CENTRE;
            case STANDARDISE -> InputCentring.STANDARDISE;
        };
    }

    private static DecoderConstraint decoder(boolean unitNorm, io.taxoscope.api.sae.Conventions conventions) {
        if (unitNorm) {
            return new DecoderConstraint.UnitNorm(!Boolean.FALSE.equals(conventions.projectsGradient()));
        }
        Archetypes archetypes = conventions.archetypes();
        if (archetypes != null) {
            return new DecoderConstraint.Archetypal(archetypes.candidates(), (float) archetypes.relaxation());
        }
        return Boolean.TRUE.equals(conventions.atMostUnitNorm())
                ? new DecoderConstraint.AtMostUnitNorm()
                : new DecoderConstraint.Free();
    }

    private static DecoderStart start(io.taxoscope.api.sae.Conventions.@Nullable DecoderStart start) {
        return start == null
                ? DecoderStart.RANDOM
                : new DecoderStart((float) start.dataShare(), or1(start.norm()), or1(start.encoderScale()));
    }

    private static float or1(@Nullable Double value) {
        return value == null ? 1 : value.floatValue();
    }

    private static InputScale scale(io.taxoscope.api.sae.Conventions.@Nullable InputScale scale) {
        return switch (Objects.requireNonNullElse(scale, io.taxoscope.api.sae.Conventions.InputScale.ABOUT_BIAS)) {
            case ABOUT_BIAS -> InputScale.ABOUT_BIAS;
            case MEAN_SQUARE -> InputScale.MEAN_SQUARE;
            case MEAN_NORM -> InputScale.MEAN_NORM;
            case NONE -> InputScale.NONE;
        };
    }

    private static @Nullable Resampling resampling(io.taxoscope.api.sae.Conventions.@Nullable Resampling resampling) {
        return resampling == null
                ? null
                : new Resampling(
                        resampling.everySteps(),
                        resampling.lastStep(),
                        resampling.silentFor(),
                        (float) resampling.encoderScale(),
                        resampling.sample());
    }
}

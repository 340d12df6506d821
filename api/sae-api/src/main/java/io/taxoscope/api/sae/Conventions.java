package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * Choices in which tools differ without saying so. What is absent is ours; formulas are in docs/sae.md.
 *
 * @param preEncoderBias subtracts {@code b_dec} before the encoder; absent for yes
 * @param projectsGradient with unitNormDecoder: takes the part of a decoder row's gradient along the row out; absent for yes
 * @param atMostUnitNorm without unitNormDecoder: shortens decoder rows that have become longer than 1; absent for no
 * @param archetypes without unitNormDecoder: keeps decoder rows near convex combinations of activations (RA-SAE)
 * @param decoderStart where decoder and encoder start; absent for random unit rows and their transpose
 * @param inputScale the factor that activations are multiplied with; absent for ABOUT_BIAS
 * @param resampling gives silent latents a new start (Bricken et al. 2023); absent for none
 * @param inputCentring takes means, and deviations, from single elements of the activations; absent for neither
 */
public record Conventions(
        @Nullable Boolean preEncoderBias,
        @Nullable Boolean projectsGradient,
        @Nullable Boolean atMostUnitNorm,
        @Nullable @Valid Archetypes archetypes,
        @Nullable @Valid DecoderStart decoderStart,
        @Nullable InputScale inputScale,
        @Nullable @Valid Resampling resampling,
        @Nullable InputCentring inputCentring) {
    public static final Conventions OURS = new Conventions(null, null, null, null, null, null, null);

    /** Of activations as they are. */
    public Conventions(
            @Nullable Boolean preEncoderBias,
            @Nullable Boolean projectsGradient,
            @Nullable Boolean atMostUnitNorm,
            @Nullable Archetypes archetypes,
            @Nullable DecoderStart decoderStart,
            @Nullable InputScale inputScale,
            @Nullable Resampling resampling) {
        this(preEncoderBias, projectsGradient, atMostUnitNorm, archetypes, decoderStart, inputScale, resampling, null);
    }

    /** What of it shapes weights that are not trained. */
    Conventions ofUntrained() {
        return new Conventions(preEncoderBias, null, null, archetypes, decoderStart, inputScale, null, inputCentring);
    }

    /**
     * @param candidates points: k-means centres of a sample of the activations
     * @param relaxation greatest distance of a row from its convex combination, in the scaled input's units; 0 for none
     */
    public record Archetypes(
            @Min(2) @Max(16_384) int candidates,
            @PositiveOrZero double relaxation) {}

    /**
     * @param dataShare from 0, random directions, to 1, directions of examples
     * @param norm of decoder rows; absent for 1
     * @param encoderScale the encoder starts as the decoder's transpose times this; absent for 1
     */
    public record DecoderStart(
            @PositiveOrZero @DecimalMax("1") double dataShare,
            @Nullable @Positive Double norm,
            @Nullable @Positive Double encoderScale) {}

    public enum InputScale {
        /** Mean squared distance from the starting {@code b_dec} becomes 1 per element. */
        ABOUT_BIAS,
        /** Mean square becomes 1 per element. */
        MEAN_SQUARE,
        /** The mean norm becomes the square root of the width. */
        MEAN_NORM,
        /** Activations stay as they are. */
        NONE
    }

    /** Exported weights have it folded in; a training's curve is in the units that it makes. */
    public enum InputCentring {
        /** Less the mean of each element. */
        CENTRE,
        /** Less the mean, over the standard deviation. */
        STANDARDISE
    }

    /**
     * @param everySteps steps between resamplings
     * @param lastStep none after it
     * @param silentFor examples over which a latent must have been silent
     * @param encoderScale norm of a new encoder row, in mean norms of the others; Bricken et al. take 0.2
     * @param sample examples among which new directions are drawn, by their squared loss
     */
    public record Resampling(
            @Positive int everySteps,
            @Positive int lastStep,
            @Positive long silentFor,
            @Positive double encoderScale,
            @Min(1) @Max(65_536) int sample) {}
}

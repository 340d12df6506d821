package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * How an SAE is built and trained. Every default is ours and is echoed in the answer; none is called a paper's value.
 *
 * @param architecture the only one in this version is {@code TOPK}: {@code z = TopK(ReLU(W_enc (x - b_dec) + b_enc))}
 * @param k latents active for one example
 * @param width number of latents; exactly one of width and expansion is set
 * @param expansion number of latents as a multiple of the activation's width
 * @param steps optimiser steps
 * @param batchSize examples in one step
 * @param learningRate peak learning rate of Adam
 * @param schedule how the learning rate moves
 * @param auxK revival of dead latents (Gao et al. 2024, eq. 6); absent for none
 * @param unitNormDecoder keeps decoder rows at unit norm, with the parallel part of their gradient projected out
 * @param decoderBias how {@code b_dec} starts
 * @param seed decides initial weights and the order of examples
 * @param untrained keeps the initial weights: the control of the same shape (its bias is still initialised). It takes no
 *     steps, so {@code steps} is 0 and {@code auxK} absent: see {@link #untrainedControl}
 */
public record SaeConfig(
        @NotNull Architecture architecture,
        @Positive @Max(4096) int k,
        @Nullable @Positive @Max(1 << 20) Integer width,
        @Nullable @Positive @DecimalMax("256") Double expansion,
        @PositiveOrZero int steps,
        @Positive int batchSize,
        @Positive double learningRate,
        @NotNull @Valid Schedule schedule,
        @Nullable @Valid AuxK auxK,
        boolean unitNormDecoder,
        @NotNull DecoderBias decoderBias,
        long seed,
        boolean untrained) {

    /** The control of this SAE: same shape, same seed, same starting bias, no training. */
    public SaeConfig untrainedControl() {
        return new SaeConfig(
                architecture,
                k,
                width,
                expansion,
                0,
                batchSize,
                learningRate,
                new Schedule(0, Schedule.Decay.CONSTANT),
                null,
                unitNormDecoder,
                decoderBias,
                seed,
                true);
    }

    public enum Architecture {
        TOPK
    }

    /**
     * @param warmupSteps linear rise from 0
     * @param decay what follows it
     */
    public record Schedule(
            @PositiveOrZero int warmupSteps, @NotNull Decay decay) {
        public enum Decay {
            CONSTANT,
            LINEAR_TO_ZERO,
            COSINE_TO_ZERO
        }
    }

    /**
     * @param coefficient weight of the auxiliary loss
     * @param kAux dead latents that reconstruct the residual
     * @param deadAfterExamples a latent is dead when silent over this many examples; choose it relative to the dataset
     */
    public record AuxK(
            @Positive double coefficient,
            @Positive int kAux,
            @Positive long deadAfterExamples) {}

    public enum DecoderBias {
        GEOMETRIC_MEDIAN,
        MEAN,
        ZERO
    }
}

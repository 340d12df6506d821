package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.jspecify.annotations.Nullable;

/**
 * How an SAE is built and trained. Every default is ours and is echoed in the answer; none is called a paper's value.
 *
 * @param architecture how codes are made sparse
 * @param k latents active for one example, on average over a batch for BATCH_TOPK and MATRYOSHKA, at most for
 *     NESTED_TOPK; 0 for RELU, JUMPRELU and GATED, where a penalty decides
 * @param width number of latents; exactly one of width and expansion is set, neither for NEURONS and PCA (twice the width)
 * @param expansion number of latents as a multiple of the activation's width
 * @param steps optimiser steps
 * @param batchSize examples in one step
 * @param learningRate peak learning rate
 * @param schedule how the learning rate moves
 * @param auxK revival of dead latents (Gao et al. 2024, eq. 6); absent for none
 * @param unitNormDecoder keeps decoder rows at unit norm, with the parallel part of their gradient projected out
 * @param decoderBias how {@code b_dec} starts
 * @param seed decides initial weights and the order of examples; unused for NEURONS and PCA, like batchSize and learningRate
 * @param dictionary where the weights come from: learned, or one of the controls beside which a learned one is judged.
 *     {@link #untrainedControl}, {@link #neurons} and {@link #principalDirections} make the controls of an SAE
 * @param sparsity what architectures other than TOPK must know; absent for TOPK
 * @param optimizer absent for Adam without clipping
 * @param conventions choices in which tools differ without saying so; absent for ours
 * @param orderSeed decides the order of examples, and which are held out; absent for {@code seed}. SAEs of a group that
 *     have the same one and the same batchSize share every batch that is read
 * @param earlyStopping absent to take all steps
 */
public record SaeConfig(
        @NotNull Architecture architecture,
        @PositiveOrZero @Max(4096) int k,
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
        @NotNull Dictionary dictionary,
        @Nullable @Valid Sparsity sparsity,
        @Nullable @Valid OptimizerSpec optimizer,
        @Nullable @Valid Conventions conventions,
        @Nullable Long orderSeed,
        @Nullable @Valid EarlyStopping earlyStopping) {

    /** With our conventions, one seed for everything, and all steps. */
    public SaeConfig(
            Architecture architecture,
            int k,
            @Nullable Integer width,
            @Nullable Double expansion,
            int steps,
            int batchSize,
            double learningRate,
            Schedule schedule,
            @Nullable AuxK auxK,
            boolean unitNormDecoder,
            DecoderBias decoderBias,
            long seed,
            Dictionary dictionary,
            @Nullable Sparsity sparsity,
            @Nullable OptimizerSpec optimizer) {
        this(
                architecture,
                k,
                width,
                expansion,
                steps,
                batchSize,
                learningRate,
                schedule,
                auxK,
                unitNormDecoder,
                decoderBias,
                seed,
                dictionary,
                sparsity,
                optimizer,
                null,
                null,
                null);
    }

    /** A TOPK SAE, trained by Adam. */
    public SaeConfig(
            Architecture architecture,
            int k,
            @Nullable Integer width,
            @Nullable Double expansion,
            int steps,
            int batchSize,
            double learningRate,
            Schedule schedule,
            @Nullable AuxK auxK,
            boolean unitNormDecoder,
            DecoderBias decoderBias,
            long seed,
            Dictionary dictionary) {
        this(
                architecture,
                k,
                width,
                expansion,
                steps,
                batchSize,
                learningRate,
                schedule,
                auxK,
                unitNormDecoder,
                decoderBias,
                seed,
                dictionary,
                null,
                null);
    }

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
                Dictionary.INITIAL,
                sparsity,
                null,
                conventions == null ? null : conventions.ofUntrained(),
                orderSeed,
                null);
    }

    /** The control whose latents are the neurons of the layer, of which this many are active. */
    public SaeConfig neurons() {
        return ofActivations(Dictionary.NEURONS);
    }

    /** The control whose latents are the principal directions of the layer, of which this many are active. */
    public SaeConfig principalDirections() {
        return ofActivations(Dictionary.PCA);
    }

    private SaeConfig ofActivations(Dictionary dictionary) {
        return new SaeConfig(
                Architecture.TOPK,
                k,
                null,
                null,
                0,
                batchSize,
                learningRate,
                new Schedule(0, Schedule.Decay.CONSTANT),
                null,
                false,
                DecoderBias.MEAN,
                seed,
                dictionary);
    }

    /** Where weights come from. */
    public enum Dictionary {
        /** Trained for {@code steps} steps. */
        LEARNED,
        /** The initial weights of the same shape, with the bias that a training would start from. */
        INITIAL,
        /**
         * The standardised coordinates of the activation and their negatives: latent i is (x_i - mean_i) / sd_i, latent
         * d + i its negative. Width, expansion, steps, AuxK and unit norm say nothing here and stay out; the bias is the
         * mean.
         */
        NEURONS,
        /** The same along the eigenvectors of the covariance, greatest eigenvalue first (whitened). */
        PCA;

        /** Whether the weights follow from the activations alone. */
        public boolean isOfActivations() {
            return this == NEURONS || this == PCA;
        }
    }

    /** Formulas and sources: docs/sae.md. */
    public enum Architecture {
        /** The k largest of {@code ReLU(W_enc (x - b_dec) + b_enc)} (Gao et al. 2024). */
        TOPK,
        /** The largest of a whole batch, k on average (Bussmann et al. 2024). */
        BATCH_TOPK,
        /** BATCH_TOPK whose first latents must reconstruct alone (Bussmann et al. 2025). */
        MATRYOSHKA,
        /** TOPK for several k at once: MSAE (Zaigrajew et al. 2025). */
        NESTED_TOPK,
        /** All that is positive, with an L1 penalty (Bricken et al. 2023). */
        RELU,
        /** All above a threshold that each latent learns (Rajamanoharan et al. 2024). */
        JUMPRELU,
        /** Gate and magnitude apart (Rajamanoharan et al. 2024). */
        GATED,
        /** TOPK of parents, and of each active one its strongest child: H-SAE (Muchane et al. 2025). */
        HIERARCHICAL
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
     * Ends a training that gains no more, and keeps the weights that it has then.
     *
     * @param validationExamples examples held out, on which the FVU is measured
     * @param everySteps steps between measurements
     * @param patience measurements in a row that are no better than the best one, after which the training ends
     * @param minImprovement by how much an FVU must fall below the best one to count as better
     */
    public record EarlyStopping(
            @Min(2) int validationExamples,
            @Positive int everySteps,
            @Positive int patience,
            @PositiveOrZero double minImprovement) {}

    /**
     * @param coefficient weight of the auxiliary loss
     * @param kAux dead latents that reconstruct the residual
     * @param deadAfterExamples a latent is dead when silent over this many examples; 0 where deadAfterEpochs is set
     * @param deadAfterEpochs the same in multiples of the number of examples; the answer has deadAfterExamples in its place
     * @param withBias adds {@code b_dec} to the reconstruction of the residual; absent for no
     * @param normaliser absent for RESIDUAL_VARIANCE
     */
    public record AuxK(
            @Positive double coefficient,
            @Positive int kAux,
            @PositiveOrZero long deadAfterExamples,
            @Nullable @Positive Double deadAfterEpochs,
            @Nullable Boolean withBias,
            @Nullable Normaliser normaliser) {
        /** As Gao et al. have it. */
        public AuxK(double coefficient, int kAux, long deadAfterExamples) {
            this(coefficient, kAux, deadAfterExamples, null, null, null);
        }

        /** The same with the dead window as a number of examples. */
        public AuxK over(long nExamples) {
            return deadAfterEpochs == null
                    ? this
                    : new AuxK(
                            coefficient,
                            kAux,
                            Math.max(1, Math.round(deadAfterEpochs * nExamples)),
                            null,
                            withBias,
                            normaliser);
        }

        /** What the squared error of the residual's reconstruction is divided by. */
        public enum Normaliser {
            RESIDUAL_VARIANCE,
            /** The number of elements, as in the reconstruction error. */
            ELEMENTS
        }
    }

    public enum DecoderBias {
        GEOMETRIC_MEDIAN,
        MEAN,
        ZERO
    }
}

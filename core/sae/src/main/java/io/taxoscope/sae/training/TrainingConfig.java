package io.taxoscope.sae.training;

import io.taxoscope.sae.AuxK;
import org.jspecify.annotations.Nullable;

/**
 * How an SAE is trained.
 *
 * @param latents number of latents
 * @param k latents active for one example
 * @param steps optimiser steps; 0 keeps the initial weights
 * @param batchSize examples in one step; epochs follow each other without a gap, so every batch is full
 * @param auxK revival of dead latents; null for none
 * @param unitNormDecoder keeps decoder rows at unit norm
 * @param decoderBias how {@code b_dec} starts
 * @param seed decides initial weights and the order of examples
 */
public record TrainingConfig(
        int latents,
        int k,
        int steps,
        int batchSize,
        LearningRate learningRate,
        @Nullable AuxK auxK,
        boolean unitNormDecoder,
        DecoderBias decoderBias,
        long seed) {
    public TrainingConfig {
        if (k < 1 || k > latents) {
            throw new IllegalArgumentException("k must be between 1 and the number of latents: " + k + ", " + latents);
        }
        if (steps < 0 || batchSize < 1) {
            throw new IllegalArgumentException("steps " + steps + " and batch size " + batchSize + " do not train");
        }
    }
}

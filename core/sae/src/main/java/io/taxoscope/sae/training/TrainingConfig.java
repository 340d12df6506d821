package io.taxoscope.sae.training;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * How an SAE is trained.
 *
 * @param latents number of latents
 * @param steps optimiser steps; 0 keeps the initial weights
 * @param batchSize examples in one step; epochs follow each other without a gap, so every batch is full
 * @param conventions how decoder rows are kept and where they start, among others
 * @param decoderBias how {@code b_dec} starts
 * @param seed decides initial weights
 * @param orderSeed decides the order of examples, those that are held out, and those that the median is taken over
 * @param earlyStopping null to take all steps
 */
public record TrainingConfig(
        int latents,
        Architecture architecture,
        int steps,
        int batchSize,
        LearningRate learningRate,
        Optimizer optimizer,
        Conventions conventions,
        DecoderBias decoderBias,
        long seed,
        long orderSeed,
        @Nullable EarlyStopping earlyStopping) {
    public TrainingConfig {
        architecture.requireFits(latents);
        conventions.requireFits(architecture, optimizer);
        if (steps < 0 || batchSize < 1) {
            throw new IllegalArgumentException("steps " + steps + " and batch size " + batchSize + " do not train");
        }
    }

    /** With our conventions, one seed for everything, and all steps. */
    public TrainingConfig(
            int latents,
            Architecture architecture,
            int steps,
            int batchSize,
            LearningRate learningRate,
            Optimizer optimizer,
            boolean unitNormDecoder,
            DecoderBias decoderBias,
            long seed) {
        this(
                latents,
                architecture,
                steps,
                batchSize,
                learningRate,
                optimizer,
                Conventions.of(unitNormDecoder),
                decoderBias,
                seed,
                seed,
                null);
    }

    /** A TopK SAE, trained by Adam. */
    public TrainingConfig(
            int latents,
            int k,
            int steps,
            int batchSize,
            LearningRate learningRate,
            @Nullable AuxK auxK,
            boolean unitNormDecoder,
            DecoderBias decoderBias,
            long seed) {
        this(
                latents,
                new Architecture.TopK(k, auxK),
                steps,
                batchSize,
                learningRate,
                Optimizer.ADAM,
                Conventions.of(unitNormDecoder),
                decoderBias,
                seed,
                seed,
                null);
    }

    /** One seed for everything, and all steps. */
    public TrainingConfig(
            int latents,
            Architecture architecture,
            int steps,
            int batchSize,
            LearningRate learningRate,
            Optimizer optimizer,
            Conventions conventions,
            DecoderBias decoderBias,
            long seed) {
        this(
                latents,
                architecture,
                steps,
                batchSize,
                learningRate,
                optimizer,
                conventions,
                decoderBias,
                seed,
                seed,
                null);
    }

    /** The same SAE before its first step. */
    TrainingConfig untrained(DecoderBias bias, int batchSize) {
        return new TrainingConfig(
                latents, architecture, 0, batchSize, learningRate, optimizer, conventions, bias, seed, orderSeed, null);
    }

    public @Nullable AuxK auxK() {
        return architecture.auxK();
    }
}

package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.training.DecoderBias;
import io.taxoscope.sae.training.LearningRate;
import io.taxoscope.sae.training.TrainingConfig;
import org.jspecify.annotations.Nullable;

/** The contract's configuration in the engine's words. */
final class TrainingConfigs {
    private TrainingConfigs() {}

    static TrainingConfig of(SaeConfig config, int latents) {
        return new TrainingConfig(
                latents,
                config.k(),
                config.steps(),
                config.batchSize(),
                learningRate(config),
                auxK(config.auxK()),
                config.unitNormDecoder(),
                decoderBias(config.decoderBias()),
                config.seed());
    }

    private static LearningRate learningRate(SaeConfig config) {
        LearningRate.Decay decay =
                switch (config.schedule().decay()) {
                    case CONSTANT -> LearningRate.Decay.CONSTANT;
                    case LINEAR_TO_ZERO -> LearningRate.Decay.LINEAR_TO_ZERO;
                    case COSINE_TO_ZERO -> LearningRate.Decay.COSINE_TO_ZERO;
                };
        return new LearningRate((float) config.learningRate(), config.schedule().warmupSteps(), decay);
    }

    private static @Nullable AuxK auxK(SaeConfig.@Nullable AuxK auxK) {
        return auxK == null ? null : new AuxK((float) auxK.coefficient(), auxK.kAux(), auxK.deadAfterExamples());
    }

    private static DecoderBias decoderBias(SaeConfig.DecoderBias bias) {
        return switch (bias) {
            case GEOMETRIC_MEDIAN -> DecoderBias.GEOMETRIC_MEDIAN;
            case MEAN -> DecoderBias.MEAN;
            case ZERO -> DecoderBias.ZERO;
        };
    }
}

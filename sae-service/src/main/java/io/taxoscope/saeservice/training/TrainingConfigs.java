package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.OptimizerSpec;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.Sparsity;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.Architecture.NestedTopK;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.training.DecoderBias;
import io.taxoscope.sae.training.LearningRate;
import io.taxoscope.sae.training.TrainingConfig;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The contract's configuration, checked before, in the engine's words. */
final class TrainingConfigs {
    private TrainingConfigs() {}

    static TrainingConfig of(SaeConfig config, int latents) {
        return new TrainingConfig(
                latents,
                architecture(config, latents),
                config.steps(),
                config.batchSize(),
                learningRate(config),
                optimizer(config.optimizer()),
                config.unitNormDecoder(),
                decoderBias(config.decoderBias()),
                config.seed());
    }

    static Architecture architecture(SaeConfig config, int latents) {
        Sparsity sparsity = Objects.requireNonNullElse(config.sparsity(), Sparsity.NONE);
        int k = config.k();
        AuxK auxK = auxK(config.auxK());
        return switch (config.architecture()) {
            case TOPK -> new Architecture.TopK(k, auxK);
            case BATCH_TOPK -> new Architecture.BatchTopK(k, required(sparsity.thresholdMomentum()), auxK);
            case MATRYOSHKA ->
                new Architecture.Matryoshka(
                        k, prefixes(sparsity, latents, config.seed()), required(sparsity.thresholdMomentum()), auxK);
            case NESTED_TOPK ->
                new NestedTopK(
                        with(Objects.requireNonNull(sparsity.nestedKs()), k), weighting(sparsity.weighting()), auxK);
            case RELU -> new Architecture.Relu(required(sparsity.penalty()));
            case JUMPRELU ->
                new JumpRelu(penalty(sparsity), required(sparsity.bandwidth()), required(sparsity.initialThreshold()));
            case GATED -> new Architecture.Gated(required(sparsity.penalty()));
        };
    }

    private static Prefixes prefixes(Sparsity sparsity, int latents, long seed) {
        Sparsity.RandomPrefixes random = sparsity.randomPrefixes();
        return random == null
                ? new Prefixes.Fixed(with(Objects.requireNonNull(sparsity.prefixes()), latents))
                : new Prefixes.Random(random.count(), random.exponent(), latents, seed);
    }

    private static List<Integer> with(List<Integer> values, int last) {
        return Stream.concat(values.stream(), Stream.of(last)).toList();
    }

    private static NestedTopK.Weighting weighting(Sparsity.@Nullable Weighting weighting) {
        return switch (Objects.requireNonNull(weighting)) {
            case UNIFORM -> NestedTopK.Weighting.UNIFORM;
            case REVERSE -> NestedTopK.Weighting.REVERSE;
        };
    }

    private static JumpPenalty penalty(Sparsity sparsity) {
        float coefficient = required(sparsity.penalty());
        Double scale = sparsity.tanhScale();
        return scale == null
                ? new JumpPenalty.L0(coefficient)
                : new JumpPenalty.Tanh(coefficient, scale.floatValue());
    }

    private static Optimizer optimizer(@Nullable OptimizerSpec optimizer) {
        if (optimizer == null) {
            return Optimizer.ADAM;
        }
        Optimizer.Rule rule =
                switch (optimizer.rule()) {
                    case ADAM -> new Optimizer.Rule.Adam();
                    case ADAMW -> new Optimizer.Rule.AdamW(required(optimizer.weightDecay()));
                    case SIGNUM -> new Optimizer.Rule.Signum(required(optimizer.momentum()));
                };
        Double maxNorm = optimizer.maxGradientNorm();
        return new Optimizer(rule, maxNorm == null ? Float.POSITIVE_INFINITY : maxNorm.floatValue());
    }

    private static float required(@Nullable Double value) {
        return Objects.requireNonNull(value).floatValue();
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

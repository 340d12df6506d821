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
import io.taxoscope.sae.PreActivationLoss;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.training.DecoderBias;
import io.taxoscope.sae.training.EarlyStopping;
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
                ConventionsOf.config(config),
                decoderBias(config.decoderBias()),
                config.seed(),
                Objects.requireNonNullElse(config.orderSeed(), config.seed()),
                earlyStopping(config.earlyStopping()));
    }

    static Architecture architecture(SaeConfig config, int latents) {
        Sparsity sparsity = Objects.requireNonNullElse(config.sparsity(), Sparsity.NONE);
        int k = config.k();
        AuxK auxK = auxK(config.auxK());
        return switch (config.architecture()) {
            case TOPK -> new Architecture.TopK(k, Boolean.TRUE.equals(sparsity.keepsNegatives()), auxK);
            case BATCH_TOPK -> new Architecture.BatchTopK(k, required(sparsity.thresholdMomentum()), auxK);
            case MATRYOSHKA ->
                new Architecture.Matryoshka(
                        k, prefixes(sparsity, latents, config.seed()), required(sparsity.thresholdMomentum()), auxK);
            case NESTED_TOPK ->
                new NestedTopK(
                        with(Objects.requireNonNull(sparsity.nestedKs()), k), weighting(sparsity.weighting()), auxK);
            case RELU -> new Architecture.Relu(required(sparsity.penalty()));
            case JUMPRELU ->
                new JumpRelu(
                        penalty(sparsity),
                        required(sparsity.bandwidth()),
                        required(sparsity.initialThreshold()),
                        Boolean.TRUE.equals(sparsity.estimateReachesEncoder()),
                        preActivationLoss(sparsity.preActivation()),
                        Boolean.TRUE.equals(sparsity.directThreshold()));
            case GATED -> new Architecture.Gated(required(sparsity.penalty()));
            case HIERARCHICAL -> hierarchical(Objects.requireNonNull(sparsity.hierarchy()), k, latents);
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
        Double target = sparsity.targetL0();
        if (target != null) {
            return new JumpPenalty.TargetL0(coefficient, target.floatValue());
        }
        return scale == null ? new JumpPenalty.L0(coefficient) : new JumpPenalty.Tanh(coefficient, scale.floatValue());
    }

    private static @Nullable PreActivationLoss preActivationLoss(Sparsity.@Nullable PreActivation loss) {
        return loss == null ? null : new PreActivationLoss((float) loss.coefficient(), loss.deadAfterExamples());
    }

    private static Architecture hierarchical(Sparsity.Hierarchy hierarchy, int k, int latents) {
        return new Architecture.Hierarchical(
                k, latents / (1 + hierarchy.children()), hierarchy.children(), hierarchy.subspace(), (float)
                        hierarchy.parentWeight());
    }

    private static Optimizer optimizer(@Nullable OptimizerSpec optimizer) {
        if (optimizer == null) {
            return Optimizer.ADAM;
        }
        Optimizer.Rule rule =
                switch (optimizer.rule()) {
                    case ADAM -> new Optimizer.Rule.Adam();
                    case ADAMW -> new Optimizer.Rule.AdamW(required(optimizer.weightDecay()));
                    case MUON ->
                        new Optimizer.Rule.Muon(
                                required(optimizer.momentum()),
                                optimizer.weightDecay() == null ? 0 : required(optimizer.weightDecay()));
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

    private static @Nullable EarlyStopping earlyStopping(SaeConfig.@Nullable EarlyStopping stopping) {
        return stopping == null
                ? null
                : new EarlyStopping(
                        stopping.validationExamples(),
                        stopping.everySteps(),
                        stopping.patience(),
                        stopping.minImprovement());
    }

    private static @Nullable AuxK auxK(SaeConfig.@Nullable AuxK auxK) {
        return auxK == null
                ? null
                : new AuxK(
                        (float) auxK.coefficient(),
                        auxK.kAux(),
                        auxK.deadAfterExamples(),
                        Boolean.TRUE.equals(auxK.withBias()),
                        auxK.normaliser() == SaeConfig.AuxK.Normaliser.ELEMENTS
                                ? AuxK.Normaliser.ELEMENTS
                                : AuxK.Normaliser.RESIDUAL_VARIANCE);
    }

    private static DecoderBias decoderBias(SaeConfig.DecoderBias bias) {
        return switch (bias) {
            case GEOMETRIC_MEDIAN -> DecoderBias.GEOMETRIC_MEDIAN;
            case MEAN -> DecoderBias.MEAN;
            case ZERO -> DecoderBias.ZERO;
        };
    }
}

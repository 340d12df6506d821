package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.ArchitectureRules;
import io.taxoscope.api.sae.ConventionRules;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.Sparsity;
import io.taxoscope.api.sae.Sparsity.RandomPrefixes;
import io.taxoscope.api.sae.StoppingRules;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Shape;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.StoreRefs;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what single-field constraints cannot: that fields fit each other and the activations, and that none is idle. */
@Component
class SaeCheck {
    private static final long MAX_LATENTS = 1 << 20;
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 64;

    private final ContentStore store;

    SaeCheck(ContentStore store) {
        this.store = store;
    }

    /** Fails with every field that is wrong. */
    SaeOrder check(CreateSae request) {
        Findings findings = new Findings();
        SaeOrder order = check(request, findings);
        findings.throwIfAny(SaeServiceError.SAE_INVALID);
        return Objects.requireNonNull(order);
    }

    /** Adds every field that is wrong to {@code findings}, and answers null when there is one. */
    @Nullable SaeOrder check(CreateSae request, Findings findings) {
        SaeConfig config = request.config();
        checkSizeIsGivenOnce(config, findings);
        checkSteps(config, findings);
        checkSchedule(config, findings);
        checkAuxK(config, findings);
        checkOfActivations(config, findings);
        ArchitectureRules.check(config, (field, message) -> findings.add("config." + field, message));
        ConventionRules.check(config, (field, message) -> findings.add("config." + field, message));
        StoppingRules.check(config, (field, message) -> findings.add("config." + field, message));
        List<Integer> snapshots = checkSnapshots(request, findings);
        checkFloat("config.learningRate", config.learningRate(), findings);
        StoreRefs.checkShardSet(store, request.shardSet(), findings);
        if (findings.hasAny()) {
            return null;
        }
        Sha256 shardSet = new Sha256(request.shardSet());
        ShardSetManifest activations = ShardSet.manifest(store, shardSet);
        int width = activations.width();
        StoppingRules.checkExamples(
                config, activations.nRows(), (field, message) -> findings.add("config." + field, message));
        long latents = latents(config, width);
        checkSize(config, width, latents, findings);
        SizeRules.check(config, width, latents, activations.nRows(), findings);
        if (findings.hasAny()) {
            return null;
        }
        SaeConfig complete = withSizes(config, (int) latents, activations.nRows());
        return new SaeOrder(shardSet, complete, new Shape(width, (int) latents), snapshots);
    }

    private static void checkSizeIsGivenOnce(SaeConfig config, Findings findings) {
        if (config.dictionary().isOfActivations()) {
            findings.addIf(
                    config.expansion() != null,
                    "config.expansion",
                    "%s has twice as many latents as the activation is wide; leave it out"
                            .formatted(config.dictionary()));
        } else {
            boolean oneSize = (config.width() == null) != (config.expansion() == null);
            findings.addIf(!oneSize, "config.width", "set exactly one of width and expansion");
        }
    }

    private static void checkSteps(SaeConfig config, Findings findings) {
        boolean isLearned = config.dictionary() == Dictionary.LEARNED;
        findings.addIf(
                config.steps() == 0 && isLearned,
                "config.steps",
                "0 steps train nothing; set dictionary to INITIAL for the control of the same shape");
        findings.addIf(
                config.steps() > 0 && !isLearned,
                "config.steps",
                "%s takes no steps: set them to 0, not %d".formatted(config.dictionary(), config.steps()));
        findings.addIf(
                config.auxK() != null && !isLearned,
                "config.auxK",
                "has no effect on %s; leave it out".formatted(config.dictionary()));
    }

    /** What shapes a learned dictionary means nothing to one that follows from the activations. */
    private static void checkOfActivations(SaeConfig config, Findings findings) {
        if (!config.dictionary().isOfActivations()) {
            return;
        }
        findings.addIf(
                config.architecture() != SaeConfig.Architecture.TOPK,
                "config.architecture",
                "%s is a TOPK dictionary, not %s".formatted(config.dictionary(), config.architecture()));
        findings.addIf(
                config.unitNormDecoder(),
                "config.unitNormDecoder",
                "does not hold: a direction of %s is as long as its standard deviation".formatted(config.dictionary()));
        findings.addIf(
                config.decoderBias() != SaeConfig.DecoderBias.MEAN,
                "config.decoderBias",
                "is the mean for %s, not %s".formatted(config.dictionary(), config.decoderBias()));
    }

    private static List<Integer> checkSnapshots(CreateSae request, Findings findings) {
        List<Integer> snapshots = Objects.requireNonNullElse(request.snapshots(), List.of());
        int steps = request.config().steps();
        if (!snapshots.isEmpty() && request.config().dictionary() != Dictionary.LEARNED) {
            findings.add(
                    "snapshots",
                    "belong to a training, and %s has none"
                            .formatted(request.config().dictionary()));
            return snapshots;
        }
        for (int i = 0; i < snapshots.size(); i++) {
            int step = snapshots.get(i);
            findings.addIf(
                    step >= steps,
                    "snapshots[%d]".formatted(i),
                    "step %d is not before the last, %d".formatted(step, steps));
            findings.addIf(
                    i > 0 && step <= snapshots.get(i - 1),
                    "snapshots[%d]".formatted(i),
                    "step %d does not come after %d".formatted(step, i > 0 ? snapshots.get(i - 1) : 0));
        }
        return snapshots;
    }

    private static void checkSchedule(SaeConfig config, Findings findings) {
        Schedule schedule = config.schedule();
        findings.addIf(
                schedule.warmupSteps() > config.steps(),
                "config.schedule.warmupSteps",
                "a warm-up of %d steps does not end within %d".formatted(schedule.warmupSteps(), config.steps()));
        findings.addIf(
                config.steps() > 0
                        && schedule.warmupSteps() == config.steps()
                        && schedule.decay() != Schedule.Decay.CONSTANT,
                "config.schedule.decay",
                "has no effect: the warm-up takes all %d steps".formatted(config.steps()));
    }

    private static void checkAuxK(SaeConfig config, Findings findings) {
        AuxK auxK = config.auxK();
        if (auxK == null || config.dictionary() != Dictionary.LEARNED) {
            return;
        }
        checkFloat("config.auxK.coefficient", auxK.coefficient(), findings);
        long examples = (long) config.steps() * config.batchSize();
        findings.addIf(
                auxK.deadAfterExamples() >= examples,
                "config.auxK.deadAfterExamples",
                "no latent can be silent for %d examples in a training that sees %d; lower it or leave auxK out"
                        .formatted(auxK.deadAfterExamples(), examples));
    }

    private static void checkFloat(String field, double value, Findings findings) {
        float single = (float) value;
        findings.addIf(!Float.isFinite(single) || single == 0, field, value + " is no number in single precision");
    }

    private static long latents(SaeConfig config, int width) {
        if (config.dictionary().isOfActivations()) {
            return 2L * width;
        }
        Double expansion = config.expansion();
        Integer fixed = config.width();
        return fixed != null ? fixed : Math.round(width * (expansion == null ? 0 : expansion));
    }

    private static void checkSize(SaeConfig config, int width, long latents, Findings findings) {
        Integer fixed = config.width();
        findings.addIf(
                fixed != null && fixed != latents,
                "config.width",
                "is %d for %s on activations of width %d; leave it out".formatted(latents, config.dictionary(), width));
        String size = config.width() != null ? "config.width" : "config.expansion";
        findings.addIf(
                latents < 1 || latents > MAX_LATENTS || latents * width > MAX_ELEMENTS,
                size,
                "%d latents of width %d cannot be made; take 1 to %d"
                        .formatted(latents, width, Math.min(MAX_LATENTS, MAX_ELEMENTS / width)));
        findings.addIf(
                config.k() > latents,
                "config.k",
                "%d latents cannot be active at once, of %d".formatted(config.k(), latents));
        checkPrefixes(config, latents, findings);
        AuxK auxK = config.auxK();
        long codes = ArchitectureRules.hasFixedK(config.architecture()) ? config.k() : latents;
        long perExample = Math.max(
                (width + 16L) * levels(config), Math.max(codes, auxK == null ? 0 : Math.min(auxK.kAux(), latents)));
        findings.addIf(
                config.batchSize() * perExample > MAX_ELEMENTS,
                "config.batchSize",
                "%d examples do not fit in one array; take at most %d"
                        .formatted(config.batchSize(), MAX_ELEMENTS / perExample));
    }

    private static void checkPrefixes(SaeConfig config, long latents, Findings findings) {
        Sparsity sparsity = Objects.requireNonNullElse(config.sparsity(), Sparsity.NONE);
        List<Integer> prefixes = sparsity.prefixes();
        findings.addIf(
                prefixes != null && prefixes.getLast() >= latents,
                "config.sparsity.prefixes",
                "%s are not all below the %d latents, which come last by themselves".formatted(prefixes, latents));
        RandomPrefixes random = sparsity.randomPrefixes();
        findings.addIf(
                random != null && random.count() > latents / 4,
                "config.sparsity.randomPrefixes.count",
                "is more than a quarter of the %d latents".formatted(latents));
    }

    /** Reconstructions of one example that a training keeps. */
    private static int levels(SaeConfig config) {
        Sparsity sparsity = Objects.requireNonNullElse(config.sparsity(), Sparsity.NONE);
        RandomPrefixes random = sparsity.randomPrefixes();
        List<Integer> nested = sparsity.prefixes() == null ? sparsity.nestedKs() : sparsity.prefixes();
        return random != null ? random.count() : 1 + (nested == null ? 0 : nested.size());
    }

    private static SaeConfig withSizes(SaeConfig config, int latents, int nExamples) {
        AuxK auxK = config.auxK();
        return new SaeConfig(
                config.architecture(),
                config.k(),
                latents,
                null,
                config.steps(),
                config.batchSize(),
                config.learningRate(),
                config.schedule(),
                auxK == null ? null : auxK.over(nExamples),
                config.unitNormDecoder(),
                config.decoderBias(),
                config.seed(),
                config.dictionary(),
                config.sparsity(),
                config.optimizer(),
                config.conventions(),
                config.orderSeed(),
                config.earlyStopping());
    }
}

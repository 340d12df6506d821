package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Shape;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.StoreRefs;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
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
        SaeConfig config = request.config();
        boolean oneSize = (config.width() == null) != (config.expansion() == null);
        findings.addIf(!oneSize, "config.width", "set exactly one of width and expansion");
        checkSteps(config, findings);
        checkSchedule(config, findings);
        checkAuxK(config, findings);
        checkFloat("config.learningRate", config.learningRate(), findings);
        StoreRefs.checkShardSet(store, request.shardSet(), findings);
        findings.throwIfAny(SaeServiceError.SAE_INVALID);

        Sha256 shardSet = new Sha256(request.shardSet());
        int width = ShardSet.manifest(store, shardSet).width();
        long latents = latents(config, width);
        checkSize(config, width, latents, findings);
        findings.throwIfAny(SaeServiceError.SAE_INVALID);
        return new SaeOrder(shardSet, withWidth(config, (int) latents), new Shape(width, (int) latents));
    }

    private static void checkSteps(SaeConfig config, Findings findings) {
        findings.addIf(
                config.steps() == 0 && !config.untrained(),
                "config.steps",
                "0 steps train nothing; set untrained for the control of the same shape");
        findings.addIf(
                config.untrained() && config.steps() > 0,
                "config.steps",
                "an untrained SAE takes no steps: set them to 0, not " + config.steps());
        findings.addIf(
                config.untrained() && config.auxK() != null,
                "config.auxK",
                "has no effect on an untrained SAE; leave it out");
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
        if (auxK == null || config.untrained()) {
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
        Double expansion = config.expansion();
        Integer fixed = config.width();
        return fixed != null ? fixed : Math.round(width * (expansion == null ? 0 : expansion));
    }

    private static void checkSize(SaeConfig config, int width, long latents, Findings findings) {
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
        AuxK auxK = config.auxK();
        long perExample =
                Math.max(width + 16L, Math.max(config.k(), auxK == null ? 0 : Math.min(auxK.kAux(), latents)));
        findings.addIf(
                config.batchSize() * perExample > MAX_ELEMENTS,
                "config.batchSize",
                "%d examples do not fit in one array; take at most %d"
                        .formatted(config.batchSize(), MAX_ELEMENTS / perExample));
    }

    private static SaeConfig withWidth(SaeConfig config, int latents) {
        return new SaeConfig(
                config.architecture(),
                config.k(),
                latents,
                null,
                config.steps(),
                config.batchSize(),
                config.learningRate(),
                config.schedule(),
                config.auxK(),
                config.unitNormDecoder(),
                config.decoderBias(),
                config.seed(),
                config.untrained());
    }
}

package io.taxoscope.api.sae;

import io.taxoscope.api.sae.Conventions.Archetypes;
import io.taxoscope.api.sae.Conventions.DecoderStart;
import io.taxoscope.api.sae.Conventions.Resampling;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which {@link Conventions} contradict the rest of a configuration, or would have no effect on it. */
public final class ConventionRules {
    private static final String LEAVE_OUT = "; leave it out";
    private static final Set<Architecture> RESAMPLED = EnumSet.of(
            Architecture.RELU,
            Architecture.TOPK,
            Architecture.BATCH_TOPK,
            Architecture.MATRYOSHKA,
            Architecture.NESTED_TOPK);

    private final SaeConfig config;
    private final Conventions conventions;
    private final BiConsumer<String, String> refuse;

    private ConventionRules(SaeConfig config, BiConsumer<String, String> refuse) {
        this.config = config;
        this.conventions = Objects.requireNonNullElse(config.conventions(), Conventions.OURS);
        this.refuse = refuse;
    }

    /** Hands each field that breaks a rule, with the reason, to {@code refuse}. */
    public static void check(SaeConfig config, BiConsumer<String, String> refuse) {
        ConventionRules rules = new ConventionRules(config, refuse);
        if (config.conventions() != null && config.dictionary().isOfActivations()) {
            refuse.accept("conventions", "have no effect on " + config.dictionary() + LEAVE_OUT);
            return;
        }
        rules.checkNorms();
        rules.checkTree();
        rules.checkArchetypes(rules.conventions.archetypes());
        rules.checkStart(rules.conventions.decoderStart());
        rules.checkResampling(rules.conventions.resampling());
        rules.checkTrained();
        rules.checkCentring();
    }

    private void checkNorms() {
        refuseIf(
                conventions.projectsGradient() != null && !config.unitNormDecoder(),
                "projectsGradient",
                "has no effect without unitNormDecoder" + LEAVE_OUT);
        refuseIf(
                conventions.atMostUnitNorm() != null && config.unitNormDecoder(),
                "atMostUnitNorm",
                "has no effect with unitNormDecoder, which keeps the norm at 1" + LEAVE_OUT);
    }

    private void checkTree() {
        boolean tree = config.architecture() == Architecture.HIERARCHICAL;
        refuseIf(
                tree && Boolean.FALSE.equals(conventions.preEncoderBias()),
                "preEncoderBias",
                "is a part of HIERARCHICAL" + LEAVE_OUT);
        refuseIf(
                tree && conventions.decoderStart() != null,
                "decoderStart",
                "has no effect on HIERARCHICAL" + LEAVE_OUT);
        refuseIf(
                tree && Boolean.TRUE.equals(conventions.atMostUnitNorm()),
                "atMostUnitNorm",
                "is not built for HIERARCHICAL; set unitNormDecoder or" + LEAVE_OUT.substring(1));
        boolean muon = isMuon();
        if (tree && muon) {
            refuse.accept("optimizer.rule", "MUON steps along whole matrices, not stacks of subspaces; take ADAM");
        }
    }

    private void checkArchetypes(@Nullable Archetypes archetypes) {
        if (archetypes == null) {
            return;
        }
        refuseIf(
                config.unitNormDecoder(),
                "archetypes",
                "contradict unitNormDecoder: convex combinations are as long as they are; set it to false");
        refuseIf(
                conventions.atMostUnitNorm() != null,
                "archetypes",
                "contradict atMostUnitNorm: convex combinations are as long as they are; leave one out");
        refuseIf(
                config.architecture() == Architecture.HIERARCHICAL,
                "archetypes",
                "contradict HIERARCHICAL, whose children lie in their parents' subspaces" + LEAVE_OUT);
        refuseIf(conventions.decoderStart() != null, "decoderStart", "has no effect on archetypes" + LEAVE_OUT);
        refuseIf(conventions.resampling() != null, "resampling", "contradicts archetypes; leave one out");
        if (isMuon()) {
            refuse.accept("optimizer.rule", "MUON steps along whole matrices, not convex weights; take ADAM");
        }
    }

    private void checkStart(@Nullable DecoderStart start) {
        if (start == null || start.norm() == null) {
            return;
        }
        refuseIf(
                config.unitNormDecoder(),
                "decoderStart.norm",
                "has no effect with unitNormDecoder, which keeps the norm at 1" + LEAVE_OUT);
        refuseIf(
                Boolean.TRUE.equals(conventions.atMostUnitNorm()) && start.norm() > 1,
                "decoderStart.norm",
                "%s is above the 1 that atMostUnitNorm allows".formatted(start.norm()));
    }

    private void checkResampling(@Nullable Resampling resampling) {
        if (resampling == null) {
            return;
        }
        refuseIf(
                !RESAMPLED.contains(config.architecture()),
                "resampling",
                "does not suit %s, whose latents have more than rows and a bias".formatted(config.architecture())
                        + LEAVE_OUT);
        refuseIf(
                resampling.lastStep() < resampling.everySteps() || resampling.lastStep() >= config.steps(),
                "resampling.lastStep",
                "%d is not from everySteps, %d, to before the last step, %d"
                        .formatted(resampling.lastStep(), resampling.everySteps(), config.steps()));
        long seen = (long) resampling.lastStep() * config.batchSize();
        refuseIf(
                resampling.silentFor() > seen,
                "resampling.silentFor",
                "no latent can be silent for %d examples in the %d until the last resampling"
                        .formatted(resampling.silentFor(), seen));
    }

    /** What only training does, has no effect without. */
    private void checkTrained() {
        if (config.dictionary() == Dictionary.LEARNED) {
            return;
        }
        String idle = "has no effect on %s".formatted(config.dictionary()) + LEAVE_OUT;
        refuseIf(conventions.projectsGradient() != null, "projectsGradient", idle);
        refuseIf(conventions.atMostUnitNorm() != null, "atMostUnitNorm", idle);
        refuseIf(conventions.resampling() != null, "resampling", idle);
    }

    /** Moving all activations moves {@code b_dec} along, where it is subtracted first and starts in their middle. */
    private void checkCentring() {
        OptimizerSpec optimizer = config.optimizer();
        SaeConfig.AuxK auxK = config.auxK();
        Conventions.InputScale scale = conventions.inputScale();
        boolean biasFollows = !Boolean.FALSE.equals(conventions.preEncoderBias())
                && config.decoderBias() != SaeConfig.DecoderBias.ZERO
                && (scale == null || scale == Conventions.InputScale.ABOUT_BIAS || scale == Conventions.InputScale.NONE)
                && (optimizer == null || optimizer.rule() != OptimizerSpec.Rule.ADAMW)
                && (auxK == null || !Boolean.TRUE.equals(auxK.withBias()));
        refuseIf(
                conventions.inputCentring() == Conventions.InputCentring.CENTRE && biasFollows,
                "inputCentring",
                "CENTRE has no effect where b_dec, which starts at the %s, is subtracted before the encoder"
                                .formatted(config.decoderBias())
                        + "; take STANDARDISE or" + LEAVE_OUT.substring(1));
    }

    private boolean isMuon() {
        OptimizerSpec optimizer = config.optimizer();
        return optimizer != null && optimizer.rule() == OptimizerSpec.Rule.MUON;
    }

    private void refuseIf(boolean broken, String field, String reason) {
        if (broken) {
            refuse.accept("conventions." + field, reason);
        }
    }
}

package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.Conventions;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.Sparsity;
import io.taxoscope.saeservice.Findings;
import java.util.Objects;

/** What depends on the number of latents and of examples. */
final class SizeRules {
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - 64;

    private SizeRules() {}

    static void check(SaeConfig config, int width, long latents, int nExamples, Findings findings) {
        Sparsity sparsity = Objects.requireNonNullElse(config.sparsity(), Sparsity.NONE);
        checkHierarchy(config, sparsity, width, latents, findings);
        checkArchetypes(config, latents, nExamples, findings);
        checkWindows(config, sparsity, nExamples, findings);
        Double target = sparsity.targetL0();
        findings.addIf(
                target != null && target > latents,
                "config.sparsity.targetL0",
                "%s latents cannot be active at once, of %d".formatted(target, latents));
    }

    private static void checkHierarchy(
            SaeConfig config, Sparsity sparsity, int width, long latents, Findings findings) {
        Sparsity.Hierarchy hierarchy = sparsity.hierarchy();
        if (hierarchy == null) {
            return;
        }
        int family = 1 + hierarchy.children();
        long parents = latents / family;
        findings.addIf(
                latents % family != 0,
                config.width() != null ? "config.width" : "config.expansion",
                "%d latents are no whole number of parents with %d children each; take %d"
                        .formatted(latents, hierarchy.children(), Math.max(1, parents) * family));
        findings.addIf(
                config.k() > parents,
                "config.k",
                "%d parents cannot be active at once, of %d".formatted(config.k(), parents));
        findings.addIf(
                hierarchy.subspace() > width,
                "config.sparsity.hierarchy.subspace",
                "has more dimensions than the activations' %d".formatted(width));
        findings.addIf(
                parents * hierarchy.subspace() * width > MAX_ELEMENTS,
                "config.sparsity.hierarchy.subspace",
                "%d subspaces do not fit in one array; take fewer dimensions".formatted(parents));
    }

    private static void checkArchetypes(SaeConfig config, long latents, int nExamples, Findings findings) {
        Conventions.Archetypes archetypes =
                config.conventions() == null ? null : config.conventions().archetypes();
        if (archetypes == null) {
            return;
        }
        findings.addIf(
                archetypes.candidates() > nExamples,
                "config.conventions.archetypes.candidates",
                "%d cannot be found among %d examples".formatted(archetypes.candidates(), nExamples));
        findings.addIf(
                archetypes.candidates() * latents > MAX_ELEMENTS,
                "config.conventions.archetypes.candidates",
                "%d weights for each of %d latents do not fit in one array; take fewer"
                        .formatted(archetypes.candidates(), latents));
    }

    /** A latent cannot have been silent for longer than the training lasts. */
    private static void checkWindows(SaeConfig config, Sparsity sparsity, int nExamples, Findings findings) {
        long seen = (long) config.steps() * config.batchSize();
        AuxK auxK = config.auxK();
        if (auxK != null && auxK.deadAfterEpochs() != null) {
            checkWindow("config.auxK.deadAfterEpochs", auxK.over(nExamples).deadAfterExamples(), seen, findings);
        }
        Sparsity.PreActivation pull = sparsity.preActivation();
        if (pull != null && config.dictionary() == SaeConfig.Dictionary.LEARNED) {
            checkWindow("config.sparsity.preActivation.deadAfterExamples", pull.deadAfterExamples(), seen, findings);
        }
    }

    private static void checkWindow(String field, long window, long seen, Findings findings) {
        findings.addIf(
                window >= seen,
                field,
                "no latent can be silent for %d examples in a training that sees %d; lower it or leave it out"
                        .formatted(window, seen));
    }
}

package io.taxoscope.api.sae;

import io.taxoscope.api.sae.OptimizerSpec.Rule;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which fields of a configuration an architecture needs, and which would have no effect on it. */
public final class ArchitectureRules {
    private static final Set<Architecture> FIXED_K = EnumSet.of(
            Architecture.TOPK,
            Architecture.BATCH_TOPK,
            Architecture.MATRYOSHKA,
            Architecture.NESTED_TOPK,
            Architecture.HIERARCHICAL);
    private static final Set<Architecture> REVIVED =
            EnumSet.of(Architecture.TOPK, Architecture.BATCH_TOPK, Architecture.MATRYOSHKA, Architecture.NESTED_TOPK);
    private static final Set<Architecture> TREE = EnumSet.of(Architecture.HIERARCHICAL);
    private static final Set<Architecture> BATCH = EnumSet.of(Architecture.BATCH_TOPK, Architecture.MATRYOSHKA);
    private static final Set<Architecture> PENALISED =
            EnumSet.of(Architecture.RELU, Architecture.JUMPRELU, Architecture.GATED);
    private static final Set<Architecture> TOPK = EnumSet.of(Architecture.TOPK);
    private static final Set<Architecture> JUMPRELU = EnumSet.of(Architecture.JUMPRELU);
    private static final Set<Architecture> MATRYOSHKA = EnumSet.of(Architecture.MATRYOSHKA);
    private static final Set<Architecture> NESTED = EnumSet.of(Architecture.NESTED_TOPK);

    private final SaeConfig config;
    private final BiConsumer<String, String> refuse;

    private ArchitectureRules(SaeConfig config, BiConsumer<String, String> refuse) {
        this.config = config;
        this.refuse = refuse;
    }

    /** Whether k latents are active, for each example or on average over a batch. */
    public static boolean hasFixedK(Architecture architecture) {
        return FIXED_K.contains(architecture);
    }

    /** Hands each field that breaks a rule, with the reason, to {@code refuse}. */
    public static void check(SaeConfig config, BiConsumer<String, String> refuse) {
        new ArchitectureRules(config, refuse).check();
    }

    private void check() {
        Sparsity sparsity = Objects.requireNonNullElse(config.sparsity(), Sparsity.NONE);
        checkK();
        need("sparsity.penalty", sparsity.penalty(), PENALISED);
        allow("sparsity.tanhScale", sparsity.tanhScale(), JUMPRELU);
        allow("sparsity.targetL0", sparsity.targetL0(), JUMPRELU);
        allow("sparsity.estimateReachesEncoder", sparsity.estimateReachesEncoder(), JUMPRELU);
        allow("sparsity.preActivation", sparsity.preActivation(), JUMPRELU);
        allow("sparsity.directThreshold", sparsity.directThreshold(), JUMPRELU);
        allow("sparsity.keepsNegatives", sparsity.keepsNegatives(), TOPK);
        if (sparsity.tanhScale() != null && sparsity.targetL0() != null) {
            refuse.accept("sparsity.targetL0", "is another penalty than tanhScale's; leave one of them out");
        }
        need("sparsity.hierarchy", sparsity.hierarchy(), TREE);
        need("sparsity.bandwidth", sparsity.bandwidth(), JUMPRELU);
        need("sparsity.initialThreshold", sparsity.initialThreshold(), JUMPRELU);
        need("sparsity.thresholdMomentum", sparsity.thresholdMomentum(), BATCH);
        allow("sparsity.prefixes", sparsity.prefixes(), MATRYOSHKA);
        allow("sparsity.randomPrefixes", sparsity.randomPrefixes(), MATRYOSHKA);
        if (config.architecture() == Architecture.MATRYOSHKA
                && (sparsity.prefixes() == null) == (sparsity.randomPrefixes() == null)) {
            refuse.accept("sparsity.prefixes", "set exactly one of prefixes and randomPrefixes");
        }
        need("sparsity.nestedKs", sparsity.nestedKs(), NESTED);
        need("sparsity.weighting", sparsity.weighting(), NESTED);
        checkAscending("sparsity.prefixes", sparsity.prefixes());
        checkAscending("sparsity.nestedKs", sparsity.nestedKs());
        checkNestedKs(sparsity.nestedKs());
        checkOptimizer();
    }

    private void checkK() {
        boolean fixed = hasFixedK(config.architecture());
        if (fixed && config.k() == 0) {
            refuse.accept("k", "is needed by " + config.architecture());
        } else if (!fixed && config.k() != 0) {
            refuse.accept("k", "has no effect on %s; set it to 0".formatted(config.architecture()));
        }
        allow("auxK", config.auxK(), REVIVED);
        SaeConfig.AuxK auxK = config.auxK();
        if (auxK != null && (auxK.deadAfterExamples() == 0) == (auxK.deadAfterEpochs() == null)) {
            refuse.accept("auxK.deadAfterExamples", "set exactly one of deadAfterExamples and deadAfterEpochs");
        }
    }

    private void need(String field, @Nullable Object value, Set<Architecture> by) {
        if (value == null && by.contains(config.architecture())) {
            refuse.accept(field, "is needed by " + config.architecture());
        }
        allow(field, value, by);
    }

    private void allow(String field, @Nullable Object value, Set<Architecture> by) {
        if (value != null && !by.contains(config.architecture())) {
            refuse.accept(field, "has no effect on %s; leave it out".formatted(config.architecture()));
        }
    }

    private void checkAscending(String field, @Nullable List<Integer> values) {
        for (int i = 1; values != null && i < values.size(); i++) {
            if (values.get(i) <= values.get(i - 1)) {
                refuse.accept(
                        "%s[%d]".formatted(field, i),
                        "%d does not come after %d".formatted(values.get(i), values.get(i - 1)));
            }
        }
    }

    private void checkNestedKs(@Nullable List<Integer> ks) {
        if (ks != null && !ks.isEmpty() && ks.getLast() >= config.k()) {
            refuse.accept("sparsity.nestedKs", "%s are not all below k = %d".formatted(ks, config.k()));
        }
    }

    private void checkOptimizer() {
        OptimizerSpec optimizer = config.optimizer();
        if (optimizer == null) {
            return;
        }
        if (config.dictionary() != Dictionary.LEARNED) {
            refuse.accept("optimizer", "has no effect on %s; leave it out".formatted(config.dictionary()));
        }
        boolean muon = optimizer.rule() == Rule.MUON;
        if (!muon) {
            belongs("optimizer.weightDecay", optimizer.weightDecay(), Rule.ADAMW, optimizer.rule());
        }
        belongs("optimizer.momentum", optimizer.momentum(), muon ? Rule.MUON : Rule.SIGNUM, optimizer.rule());
        if (muon && optimizer.maxGradientNorm() != null) {
            refuse.accept(
                    "optimizer.maxGradientNorm",
                    "has no effect on MUON, whose steps have a size of their own;" + " leave it out");
        }
        boolean onlySigns = !muon && optimizer.momentum() != null && optimizer.momentum() == 0;
        if (onlySigns && optimizer.maxGradientNorm() != null) {
            refuse.accept("optimizer.maxGradientNorm", "has no effect on signs alone; leave it out");
        }
    }

    private void belongs(String field, @Nullable Object value, Rule to, Rule rule) {
        if ((value != null) != (rule == to)) {
            refuse.accept(
                    field,
                    value == null ? "is needed by " + rule : "has no effect on %s; leave it out".formatted(rule));
        }
    }
}

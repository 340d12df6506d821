package io.taxoscope.saeservice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.sae.ArchitectureRules;
import io.taxoscope.api.sae.ConventionRules;
import io.taxoscope.api.sae.Conventions;
import io.taxoscope.api.sae.Conventions.Archetypes;
import io.taxoscope.api.sae.Conventions.Resampling;
import io.taxoscope.api.sae.OptimizerSpec;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.Schedule;
import io.taxoscope.api.sae.Sparsity;
import io.taxoscope.api.sae.Sparsity.Hierarchy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConventionRulesTest {
    private static final OptimizerSpec MUON = new OptimizerSpec(OptimizerSpec.Rule.MUON, null, 0.9, null);
    private static final Sparsity TREE = Sparsity.hierarchy(new Hierarchy(3, 2, 0.1));

    @Test
    void acceptsEachAlone() {
        assertThat(broken(config(Architecture.TOPK, null, MUON, null, true, null)))
                .isEmpty();
        assertThat(broken(config(Architecture.HIERARCHICAL, TREE, null, null, true, null)))
                .isEmpty();
        Conventions archetypes = new Conventions(false, null, null, new Archetypes(20, 0.5), null, null, null);
        assertThat(broken(config(Architecture.TOPK, null, null, null, false, archetypes)))
                .isEmpty();
    }

    @Test
    void namesWhatContradictsArchetypes() {
        Conventions all = new Conventions(
                null,
                null,
                true,
                new Archetypes(20, 0.5),
                new Conventions.DecoderStart(0.8, 2.0, null),
                null,
                new Resampling(400, 400, 1, 0.2, 100));
        assertThat(broken(config(Architecture.TOPK, null, MUON, null, true, all)))
                .containsExactly(
                        "conventions.atMostUnitNorm",
                        "conventions.archetypes",
                        "conventions.archetypes",
                        "conventions.decoderStart",
                        "conventions.resampling",
                        "optimizer.rule",
                        "conventions.decoderStart.norm",
                        "conventions.decoderStart.norm",
                        "conventions.resampling.lastStep");
    }

    @Test
    void namesWhatAHierarchyHasNoUseFor() {
        Conventions conventions =
                new Conventions(false, null, null, null, null, null, new Resampling(10, 20, 100, 0.2, 100));
        AuxK auxK = new AuxK(1 / 32.0, 4, 100);
        assertThat(broken(config(Architecture.HIERARCHICAL, TREE, MUON, auxK, true, conventions)))
                .containsExactly("auxK", "conventions.preEncoderBias", "optimizer.rule", "conventions.resampling");
        assertThat(broken(config(Architecture.TOPK, TREE, null, null, true, null)))
                .containsExactly("sparsity.hierarchy");
    }

    @Test
    void wantsOneDeadWindow() {
        AuxK both = new AuxK(1 / 32.0, 4, 100, 1.5, null, null);
        AuxK none = new AuxK(1 / 32.0, 4, 0, null, null, null);
        assertThat(broken(config(Architecture.TOPK, null, null, both, true, null)))
                .containsExactly("auxK.deadAfterExamples");
        assertThat(broken(config(Architecture.TOPK, null, null, none, true, null)))
                .containsExactly("auxK.deadAfterExamples");
        AuxK epochs = new AuxK(1 / 32.0, 4, 0, 1.5, null, null);
        assertThat(broken(config(Architecture.TOPK, null, null, epochs, true, null)))
                .isEmpty();
        assertThat(epochs.over(3_000).deadAfterExamples()).isEqualTo(4_500);
    }

    @Test
    void refusesNormsThatTheDecoderDoesNotHave() {
        Conventions projection = new Conventions(null, false, null, null, null, null, null);
        assertThat(broken(config(Architecture.TOPK, null, null, null, true, projection)))
                .isEmpty();
        assertThat(broken(config(Architecture.TOPK, null, null, null, false, projection)))
                .containsExactly("conventions.projectsGradient");
        Conventions atMost =
                new Conventions(null, null, true, null, new Conventions.DecoderStart(0, 2.0, null), null, null);
        assertThat(broken(config(Architecture.TOPK, null, null, null, false, atMost)))
                .containsExactly("conventions.decoderStart.norm");
    }

    @Test
    void refusesToCentreWhatFollowsTheMeanAnyway() {
        Conventions centre = centring(null, Conventions.InputCentring.CENTRE);
        assertThat(broken(config(Architecture.TOPK, null, null, null, true, centre)))
                .containsExactly("conventions.inputCentring");
        assertThat(broken(config(
                        Architecture.TOPK, null, null, null, true, centring(false, Conventions.InputCentring.CENTRE))))
                .isEmpty();
        OptimizerSpec decaying = new OptimizerSpec(OptimizerSpec.Rule.ADAMW, 0.1, null, null);
        assertThat(broken(config(Architecture.TOPK, null, decaying, null, true, centre)))
                .isEmpty();
        assertThat(broken(config(
                        Architecture.TOPK,
                        null,
                        null,
                        null,
                        true,
                        centring(null, Conventions.InputCentring.STANDARDISE))))
                .isEmpty();
    }

    private static Conventions centring(@Nullable Boolean preEncoderBias, Conventions.InputCentring centring) {
        return new Conventions(preEncoderBias, null, null, null, null, null, null, centring);
    }

    @Test
    void refusesOptionsOfOtherArchitectures() {
        assertThat(broken(config(Architecture.TOPK, Sparsity.signed(), null, null, true, null)))
                .isEmpty();
        assertThat(broken(config(Architecture.HIERARCHICAL, Sparsity.signed(), null, null, true, null)))
                .containsExactly("sparsity.keepsNegatives", "sparsity.hierarchy");
        Sparsity direct =
                new Sparsity(null, null, null, null, null, null, null, null, null, null, null, null, null, null, true);
        assertThat(broken(config(Architecture.TOPK, direct, null, null, true, null)))
                .containsExactly("sparsity.directThreshold");
    }

    private static List<String> broken(SaeConfig config) {
        List<String> fields = new ArrayList<>();
        ArchitectureRules.check(config, (field, reason) -> fields.add(field));
        ConventionRules.check(config, (field, reason) -> fields.add(field));
        return fields;
    }

    private static SaeConfig config(
            Architecture architecture,
            @Nullable Sparsity sparsity,
            @Nullable OptimizerSpec optimizer,
            @Nullable AuxK auxK,
            boolean unitNorm,
            @Nullable Conventions conventions) {
        return new SaeConfig(
                architecture,
                3,
                48,
                null,
                300,
                256,
                3e-3,
                new Schedule(10, Schedule.Decay.LINEAR_TO_ZERO),
                auxK,
                unitNorm,
                DecoderBias.MEAN,
                7,
                Dictionary.LEARNED,
                sparsity,
                optimizer,
                conventions,
                null,
                null);
    }
}

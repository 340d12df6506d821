package io.taxoscope.gateway.experiments;

import static java.lang.Boolean.TRUE;

import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentSpec.Analyses;
import io.taxoscope.api.gateway.ExperimentSpec.Controls;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The stages of an experiment in the order in which they are worked on: the whole, then the trained SAE of every layer,
 * then one control after the other, then what compares them, so that what the experiment is about comes first.
 */
final class StagePlan {
    private StagePlan() {}

    /** @param spec with every default filled in */
    static List<StageKey> of(ExperimentSpec spec) {
        List<String> layers = Objects.requireNonNull(spec.layers());
        var stages = new ArrayList<StageKey>();
        for (Kind kind : List.of(Kind.REGISTER_MODEL, Kind.REGISTER_DATASET, Kind.RESOLVE_LABELS, Kind.EXTRACT)) {
            stages.add(StageKey.ofWhole(kind));
        }
        for (Variant variant : variants(spec)) {
            for (String layer : layers) {
                stages.add(StageKey.of(Kind.TRAIN, layer, variant));
                stages.add(StageKey.of(Kind.ENCODE, layer, variant));
                stages.add(StageKey.of(Kind.SCORE, layer, variant));
            }
        }
        for (String layer : layers) {
            for (int step : TrainingCurve.steps(spec)) {
                stages.add(StageKey.ofCheckpoint(Kind.ENCODE, layer, step));
                stages.add(StageKey.ofCheckpoint(Kind.SCORE, layer, step));
            }
        }
        addAnalyses(spec, layers, stages);
        return stages;
    }

    private static void addAnalyses(ExperimentSpec spec, List<String> layers, List<StageKey> stages) {
        Analyses analyses = Objects.requireNonNullElse(spec.analyses(), Analyses.DEFAULT);
        List<Variant> variants = variants(spec);
        for (String layer : layers) {
            if (TRUE.equals(analyses.relations())) {
                stages.add(StageKey.of(Kind.RELATE, layer, Variant.TRAINED));
            }
            if (TRUE.equals(analyses.relations()) && variants.contains(Variant.UNTRAINED)) {
                stages.add(StageKey.of(Kind.RELATE, layer, Variant.UNTRAINED));
            }
            if (variants.contains(Variant.SECOND_SEED)) {
                stages.add(StageKey.of(Kind.COMPARE_SEEDS, layer, Variant.SECOND_SEED));
            }
            if (TRUE.equals(analyses.follow()) && !layer.equals(layers.getLast())) {
                stages.add(StageKey.of(Kind.FOLLOW, layer, Variant.TRAINED));
            }
        }
    }

    private static List<Variant> variants(ExperimentSpec spec) {
        Controls controls = Objects.requireNonNullElse(spec.controls(), Controls.DEFAULT);
        var variants = new ArrayList<>(List.of(Variant.TRAINED));
        addIf(controls.untrained(), Variant.UNTRAINED, variants);
        addIf(controls.neurons(), Variant.NEURONS, variants);
        addIf(controls.pca(), Variant.PCA, variants);
        addIf(controls.secondSeed(), Variant.SECOND_SEED, variants);
        return variants;
    }

    private static void addIf(
            @org.jspecify.annotations.Nullable Boolean wanted, Variant variant, List<Variant> variants) {
        if (TRUE.equals(wanted)) {
            variants.add(variant);
        }
    }
}

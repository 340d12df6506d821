package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import java.util.List;

/** Which stages must have succeeded before another may start. */
final class StageOrder {
    private StageOrder() {}

    /**
     * @param layers of the experiment, in their order
     * @param hasKnownK whether controls know how many latents to activate before the trained SAE has encoded
     */
    static List<StageKey> before(StageKey stage, List<String> layers, boolean hasKnownK) {
        return switch (stage.kind()) {
            case REGISTER_MODEL, REGISTER_DATASET -> List.of();
            case RESOLVE_LABELS -> List.of(StageKey.ofWhole(Kind.REGISTER_DATASET));
            // Labels first: finding out after hours of extraction that one is ambiguous would be too late.
            case EXTRACT -> List.of(StageKey.ofWhole(Kind.REGISTER_MODEL), StageKey.ofWhole(Kind.RESOLVE_LABELS));
            case TRAIN -> beforeTraining(stage, hasKnownK);
            case ENCODE -> List.of(stage.training());
            case SCORE -> List.of(stage.with(Kind.ENCODE));
            case RELATE -> List.of(stage.with(Kind.SCORE));
            case COMPARE_SEEDS -> List.of(stage.of(Kind.SCORE, Variant.TRAINED), stage.with(Kind.SCORE));
            case FOLLOW ->
                List.of(stage.with(Kind.SCORE), stage.inNextLayer(layers).with(Kind.SCORE));
        };
    }

    private static List<StageKey> beforeTraining(StageKey stage, boolean hasKnownK) {
        boolean isTrained = stage.variant() == Variant.TRAINED || stage.variant() == Variant.SECOND_SEED;
        return hasKnownK || isTrained
                ? List.of(StageKey.ofWhole(Kind.EXTRACT))
                : List.of(StageKey.ofWhole(Kind.EXTRACT), stage.of(Kind.ENCODE, Variant.TRAINED));
    }
}

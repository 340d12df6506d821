package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import java.util.List;

/** Which stages must have succeeded before another may start. */
final class StageOrder {
    private StageOrder() {}

    static List<StageKey> before(StageKey stage) {
        return switch (stage.kind()) {
            case REGISTER_MODEL, REGISTER_DATASET -> List.of();
            case RESOLVE_LABELS -> List.of(StageKey.ofWhole(Kind.REGISTER_DATASET));
            // Labels first: finding out after hours of extraction that one is ambiguous would be too late.
            case EXTRACT -> List.of(StageKey.ofWhole(Kind.REGISTER_MODEL), StageKey.ofWhole(Kind.RESOLVE_LABELS));
            case TRAIN -> List.of(StageKey.ofWhole(Kind.EXTRACT));
            case ENCODE -> List.of(stage.training());
            case SCORE -> List.of(stage.with(Kind.ENCODE));
        };
    }
}

package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import java.util.List;

/** Which stages must have succeeded before another may start. */
final class StageOrder {
    private StageOrder() {}

    static List<Kind> before(Kind kind) {
        return switch (kind) {
            case REGISTER_MODEL, REGISTER_DATASET -> List.of();
            case RESOLVE_LABELS -> List.of(Kind.REGISTER_DATASET);
            // Labels first: finding out after hours of extraction that one is ambiguous would be too late.
            case EXTRACT -> List.of(Kind.REGISTER_MODEL, Kind.RESOLVE_LABELS);
            case TRAIN, TRAIN_UNTRAINED -> List.of(Kind.EXTRACT);
            case ENCODE -> List.of(Kind.TRAIN);
            case ENCODE_UNTRAINED -> List.of(Kind.TRAIN_UNTRAINED);
            case SCORE -> List.of(Kind.ENCODE);
            case SCORE_UNTRAINED -> List.of(Kind.ENCODE_UNTRAINED);
        };
    }

    static boolean isOfLayer(Kind kind) {
        return switch (kind) {
            case REGISTER_MODEL, REGISTER_DATASET, RESOLVE_LABELS, EXTRACT -> false;
            case TRAIN, ENCODE, SCORE, TRAIN_UNTRAINED, ENCODE_UNTRAINED, SCORE_UNTRAINED -> true;
        };
    }
}

package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stage does to what; one experiment has each once.
 *
 * @param layer absent for stages of the whole experiment
 * @param variant likewise
 * @param step of the training, for a CHECKPOINT alone
 */
record StageKey(
        Kind kind,
        @Nullable String layer,
        @Nullable Variant variant,
        @Nullable Integer step) {
    static StageKey ofWhole(Kind kind) {
        return new StageKey(kind, null, null, null);
    }

    static StageKey of(Kind kind, String layer, Variant variant) {
        return new StageKey(kind, layer, variant, null);
    }

    static StageKey ofCheckpoint(Kind kind, String layer, int step) {
        return new StageKey(kind, layer, Variant.CHECKPOINT, step);
    }

    /** Another stage of the same dictionary. */
    StageKey with(Kind other) {
        return new StageKey(other, layer, variant, step);
    }

    /** A stage of another dictionary of the same layer. */
    StageKey of(Kind other, Variant which) {
        return new StageKey(other, layer, which, null);
    }

    /** The same stage of the layer that comes next. */
    StageKey inNextLayer(List<String> layers) {
        return new StageKey(kind, layers.get(layers.indexOf(layer) + 1), variant, step);
    }

    /** The stage that makes the dictionary of this one: a checkpoint's is the training that it was kept from. */
    StageKey training() {
        return new StageKey(Kind.TRAIN, layer, variant == Variant.CHECKPOINT ? Variant.TRAINED : variant, null);
    }

    @Override
    public String toString() {
        if (layer == null) {
            return kind.name();
        }
        String which = variant == null || variant == Variant.TRAINED
                ? ""
                : " (%s%s)".formatted(variant, step == null ? "" : " at step " + step);
        return kind + " of " + layer + which;
    }
}

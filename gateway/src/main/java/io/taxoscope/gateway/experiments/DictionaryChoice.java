package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.Variant;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which dictionary of a layer is asked for.
 *
 * @param step of the training, for a CHECKPOINT alone
 */
public record DictionaryChoice(Variant variant, @Nullable Integer step) {
    public static final DictionaryChoice TRAINED = new DictionaryChoice(Variant.TRAINED, null);

    /** Refuses a step where it would do nothing, and a checkpoint without one. */
    public static DictionaryChoice of(Variant variant, @Nullable Integer step) {
        if (variant == Variant.CHECKPOINT && step == null) {
            throw refusal("is missing; say which CHECKPOINT, by a step that the experiment's curve lists");
        }
        if (variant != Variant.CHECKPOINT && step != null) {
            throw refusal(
                    "is %d, but %s has no steps; leave it out, or ask for variant=CHECKPOINT".formatted(step, variant));
        }
        return new DictionaryChoice(variant, step);
    }

    private static TaxoscopeException refusal(String message) {
        return new TaxoscopeException(
                ExperimentError.PARAMETER_INVALID, "step " + message, List.of(new FieldError("step", message)));
    }

    boolean means(Dictionary dictionary) {
        return dictionary.variant() == variant && Objects.equals(dictionary.step(), step);
    }

    @Override
    public String toString() {
        return step == null ? variant.name() : variant + " " + step;
    }
}

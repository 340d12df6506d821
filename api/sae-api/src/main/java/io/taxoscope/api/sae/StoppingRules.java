package io.taxoscope.api.sae;

import io.taxoscope.api.sae.SaeConfig.Dictionary;
import io.taxoscope.api.sae.SaeConfig.EarlyStopping;
import java.util.function.BiConsumer;

/** When the order of examples and early stopping could have no effect on a configuration. */
public final class StoppingRules {
    private StoppingRules() {}

    /** Hands each field that breaks a rule, with the reason, to {@code refuse}. */
    public static void check(SaeConfig config, BiConsumer<String, String> refuse) {
        if (config.orderSeed() != null && config.dictionary().isOfActivations()) {
            refuse.accept("orderSeed", "has no effect on %s; leave it out".formatted(config.dictionary()));
        }
        EarlyStopping stopping = config.earlyStopping();
        if (stopping == null) {
            return;
        }
        if (config.dictionary() != Dictionary.LEARNED) {
            refuse.accept("earlyStopping", "has no effect on %s; leave it out".formatted(config.dictionary()));
            return;
        }
        long earliest = (long) stopping.everySteps() * (1L + stopping.patience());
        if (earliest >= config.steps()) {
            refuse.accept(
                    "earlyStopping.patience",
                    "stops after %d steps at the earliest, and the training has %d; measure more often, wait less or leave earlyStopping out"
                            .formatted(earliest, config.steps()));
        }
    }

    /** As {@link #check}, for what the number of examples decides. */
    public static void checkExamples(SaeConfig config, int nExamples, BiConsumer<String, String> refuse) {
        EarlyStopping stopping = config.earlyStopping();
        if (stopping != null && stopping.validationExamples() > nExamples / 2) {
            refuse.accept(
                    "earlyStopping.validationExamples",
                    "%d are more than half of the %d examples; hold out at most %d"
                            .formatted(stopping.validationExamples(), nExamples, nExamples / 2));
        }
    }
}

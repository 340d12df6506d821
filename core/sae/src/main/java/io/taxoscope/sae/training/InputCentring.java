package io.taxoscope.sae.training;

import io.taxoscope.sae.Standardiser;
import org.jspecify.annotations.Nullable;

/** What is done to single elements of activations before they meet the weights; exported weights have it folded in. */
public enum InputCentring {
    /** Activations stay as they are. */
    NONE,
    /** Less the mean. */
    CENTRE,
    /** Less the mean, over the standard deviation; an element that does not vary is only centred. */
    STANDARDISE;

    /** Null where nothing is done. */
    @Nullable Standardiser of(Moments moments) {
        return switch (this) {
            case NONE -> null;
            case CENTRE -> new Standardiser(moments.mean_d(), moments.ones_d());
            case STANDARDISE -> new Standardiser(moments.mean_d(), moments.deviation_d());
        };
    }
}

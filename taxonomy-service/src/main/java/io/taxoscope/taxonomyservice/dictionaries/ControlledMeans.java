package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.api.taxonomy.ControlledMean;
import org.jspecify.annotations.Nullable;

/** Means with their controls as the contract shows them. */
public final class ControlledMeans {
    private ControlledMeans() {}

    public static ControlledMean view(io.taxoscope.taxonomy.relations.ControlledMean mean) {
        return new ControlledMean(mean.n(), mean.mean(), mean.ciLow(), mean.ciHigh(), mean.control(), mean.controlSd());
    }

    public static @Nullable ControlledMean viewOrNull(io.taxoscope.taxonomy.relations.@Nullable ControlledMean mean) {
        return mean == null ? null : view(mean);
    }
}

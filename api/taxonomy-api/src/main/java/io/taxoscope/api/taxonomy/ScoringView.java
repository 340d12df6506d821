package io.taxoscope.api.taxonomy;

import io.taxoscope.api.JobView;
import org.jspecify.annotations.Nullable;

/** @param report the layer's numbers, once the job has succeeded */
public record ScoringView(
        String id,
        JobView job,
        String codes,
        String dataset,
        ScoringConfig config,
        @Nullable HierarchyReport report) {}

package io.taxoscope.api.taxonomy;

import io.taxoscope.api.JobView;
import org.jspecify.annotations.Nullable;

/** @param report the numbers, once the job has succeeded */
public record ComparisonView(
        String id,
        JobView job,
        CreateComparison.Kind kind,
        String first,
        String second,
        ComparisonConfig config,
        @Nullable ComparisonReport report) {}

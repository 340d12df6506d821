package io.taxoscope.api.taxonomy;

import io.taxoscope.api.JobView;
import org.jspecify.annotations.Nullable;

/**
 * @param report the layer's numbers, once the job has succeeded
 * @param taxonomy id of the taxonomy; absent for WordNet
 */
public record ScoringView(
        String id,
        JobView job,
        String codes,
        String dataset,
        ScoringConfig config,
        @Nullable HierarchyReport report,
        @Nullable String taxonomy) {
    /** Against WordNet. */
    public ScoringView(
            String id,
            JobView job,
            String codes,
            String dataset,
            ScoringConfig config,
            @Nullable HierarchyReport report) {
        this(id, job, codes, dataset, config, report, null);
    }
}

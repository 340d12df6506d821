package io.taxoscope.api.taxonomy;

import io.taxoscope.api.JobView;
import org.jspecify.annotations.Nullable;

/** @param report the layer's numbers, once the job has succeeded */
public record RelationView(
        String id,
        JobView job,
        String scoring,
        @Nullable String embeddings,
        RelationConfig config,
        @Nullable RelationReport report) {}

package io.taxoscope.api.gateway;

import io.taxoscope.api.taxonomy.ComparisonReport;
import io.taxoscope.api.taxonomy.CreateComparison;
import org.jspecify.annotations.Nullable;

/**
 * @param layer whose trained SAE's latents are looked for
 * @param nextLayer where they are looked for; absent for SEEDS, which compares with the second seed of the same layer
 * @param comparisonId whose matches can be listed
 */
public record LayerComparison(
        CreateComparison.Kind kind,
        String layer,
        @Nullable String nextLayer,
        String comparisonId,
        ComparisonReport report) {}

package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.Variant;
import org.jspecify.annotations.Nullable;

/**
 * What a finished stage has made.
 *
 * @param nextLayer for FOLLOW alone
 * @param resourceId id of the job that made it
 */
public record StageResult(Kind kind, String layer, @Nullable String nextLayer, Variant variant, String resourceId) {}

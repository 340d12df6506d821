package io.taxoscope.gateway.experiments;

import org.jspecify.annotations.Nullable;

/**
 * The resources behind one scored layer.
 *
 * @param untrainedEncodingId absent until the control is scored, or when there is none; likewise its scoring
 */
public record LayerRun(
        String experimentId,
        String layer,
        String datasetId,
        String extractionId,
        String saeId,
        String encodingId,
        String scoringId,
        @Nullable String untrainedEncodingId,
        @Nullable String untrainedScoringId) {}

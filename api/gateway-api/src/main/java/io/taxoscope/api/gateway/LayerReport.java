package io.taxoscope.api.gateway;

import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.taxonomy.HierarchyReport;
import org.jspecify.annotations.Nullable;

/**
 * One layer: how well its SAE reconstructs, and where in the hierarchy its latents live.
 *
 * @param layer the tap's name
 * @param depth block or stage, from 0
 * @param sae reconstruction and sparsity over the encoded set
 * @param hierarchy scores of the trained SAE, with chance and permuted labels
 * @param untrained the same scores of the untrained control; absent when not asked for
 */
public record LayerReport(
        String layer,
        int depth,
        TokenSelection token,
        int width,
        String shardSet,
        String saeId,
        String encodingId,
        String scoringId,
        EncodingView.Report sae,
        HierarchyReport hierarchy,
        EncodingView.@Nullable Report untrainedSae,
        @Nullable HierarchyReport untrained) {}

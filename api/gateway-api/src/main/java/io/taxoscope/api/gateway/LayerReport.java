package io.taxoscope.api.gateway;

import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.ScoreName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One layer: how well its dictionaries reconstruct, and where in the hierarchy their latents live.
 *
 * @param layer the tap's name
 * @param depth block or stage, from 0
 * @param variants the trained SAE first, then each control that is scored
 */
public record LayerReport(
        String layer, int depth, TokenSelection token, int width, String shardSet, List<VariantReport> variants) {
    /** The SAE that the report is about. */
    public VariantReport trained() {
        return variants.getFirst();
    }

    public Optional<VariantReport> find(Variant variant) {
        return variants.stream().filter(report -> report.variant() == variant).findFirst();
    }

    /**
     * One dictionary of the layer.
     *
     * @param sae reconstruction and sparsity over the encoded set
     * @param hierarchy scores of its latents, with chance and permuted labels
     * @param margins of the trained SAE over this one, one for each score of the report; empty for the trained SAE itself
     */
    public record VariantReport(
            Variant variant,
            String saeId,
            String encodingId,
            String scoringId,
            EncodingView.Report sae,
            HierarchyReport hierarchy,
            List<Margin> margins) {}

    /**
     * By how much the mean over the trained SAE's latents exceeds that over a control's. The interval follows from those of
     * the two means (docs/metrics.md): it holds for other latents of these two dictionaries, not for other seeds.
     *
     * @param difference trained minus control
     * @param ciLow lower end of the 95 % interval; absent when the scoring made no bootstrap
     */
    public record Margin(
            ScoreName score,
            double difference,
            @Nullable Double ciLow,
            @Nullable Double ciHigh) {}
}

package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The resources behind one scored layer.
 *
 * @param dictionaries those that are scored, the trained SAE first
 */
public record LayerRun(
        String experimentId, String layer, String datasetId, String extractionId, List<Dictionary> dictionaries) {
    /** The SAE that the experiment is about. */
    public Dictionary trained() {
        return dictionaries.getFirst();
    }

    /** @param step of the training, for a CHECKPOINT alone */
    public record Dictionary(
            Variant variant, @Nullable Integer step, String saeId, String encodingId, String scoringId) {}
}

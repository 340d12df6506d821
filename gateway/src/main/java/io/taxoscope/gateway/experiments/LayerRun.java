package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.Variant;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.List;
import java.util.Optional;
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

    public Optional<Dictionary> find(DictionaryChoice choice) {
        return dictionaries.stream().filter(choice::means).findFirst();
    }

    /** All dictionaries of a variant, or a failure where there is none. */
    public List<Dictionary> require(Variant variant) {
        var found = dictionaries.stream()
                .filter(dictionary -> dictionary.variant() == variant)
                .toList();
        if (found.isEmpty()) {
            throw missing(variant.name());
        }
        return found;
    }

    /** The chosen dictionary, or a failure that names those that there are. */
    public Dictionary get(DictionaryChoice choice) {
        return find(choice).orElseThrow(() -> missing(choice.toString()));
    }

    private TaxoscopeException missing(String wanted) {
        var there = dictionaries.stream().map(Dictionary::choice).toList();
        return new TaxoscopeException(
                ExperimentError.VARIANT_NOT_SCORED,
                "layer %s of experiment %s has no scored %s; it has %s".formatted(layer, experimentId, wanted, there),
                List.of(new FieldError("variant", "is %s; send one of %s".formatted(wanted, there))));
    }

    /** @param step of the training, for a CHECKPOINT alone */
    public record Dictionary(
            Variant variant, @Nullable Integer step, String saeId, String encodingId, String scoringId) {
        DictionaryChoice choice() {
            return new DictionaryChoice(variant, step);
        }
    }
}

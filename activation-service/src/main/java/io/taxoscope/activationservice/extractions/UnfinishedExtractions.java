package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.datasets.DatasetUse;
import io.taxoscope.activationservice.models.ModelUse;
import org.springframework.stereotype.Component;

/** Keeps models and datasets from being removed under a running extraction. */
@Component
class UnfinishedExtractions implements ModelUse, DatasetUse {
    private final ExtractionRepository extractions;

    UnfinishedExtractions(ExtractionRepository extractions) {
        this.extractions = extractions;
    }

    @Override
    public boolean needsModel(String modelId) {
        return extractions.isModelBeingUsed(modelId);
    }

    @Override
    public boolean needsDataset(String datasetId) {
        return extractions.isDatasetBeingUsed(datasetId);
    }
}

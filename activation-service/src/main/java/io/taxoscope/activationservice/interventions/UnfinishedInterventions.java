package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.models.ModelUse;
import org.springframework.stereotype.Component;

/** Keeps models from being removed under a running intervention. */
@Component
class UnfinishedInterventions implements ModelUse {
    private final InterventionRepository interventions;

    UnfinishedInterventions(InterventionRepository interventions) {
        this.interventions = interventions;
    }

    @Override
    public boolean needsModel(String modelId) {
        return interventions.isModelBeingUsed(modelId);
    }
}

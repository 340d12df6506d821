package io.taxoscope.activationservice.models;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.common.TaxoscopeException;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue of registered models. */
@Service
public class Models {
    private final ModelRepository models;
    private final List<ModelUse> uses;

    Models(ModelRepository models, List<ModelUse> uses) {
        this.models = models;
        this.uses = uses;
    }

    @Transactional(readOnly = true)
    public RegisteredModel find(String id) {
        return models.findById(id).orElseThrow(() -> notFound(id)).registered();
    }

    @Transactional(readOnly = true)
    public boolean isKnown(String id) {
        return models.findById(id).isPresent();
    }

    @Transactional(readOnly = true)
    public ModelView view(String id) {
        return models.findById(id).orElseThrow(() -> notFound(id)).view();
    }

    @Transactional(readOnly = true)
    public List<ModelView> views() {
        return models.findAllByOrderByCreatedAtDescIdAsc().stream()
                .map(Model::view)
                .toList();
    }

    @Transactional
    void add(Model model) {
        models.save(model);
    }

    @Transactional
    void remove(String id) {
        if (models.findById(id).isEmpty()) {
            throw notFound(id);
        }
        if (uses.stream().anyMatch(use -> use.needsModel(id))) {
            throw ActivationError.MODEL_IN_USE.because(
                    "unfinished work (an extraction or an intervention) needs the model " + id
                            + "; cancel it or wait for it");
        }
        models.deleteById(id);
    }

    private static TaxoscopeException notFound(String id) {
        return ActivationError.MODEL_NOT_FOUND.because(
                "there is no model " + id + "; GET /api/v1/models lists those that are registered");
    }
}

package io.taxoscope.gateway.experiments;

import static java.lang.Boolean.TRUE;

import io.taxoscope.api.activation.ModelView.Tap;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.SaeSpec;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.sae.SaeView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientResponseException;

/** Checks an SAE that an experiment names instead of training one. */
@Component
class ExistingSaeCheck {
    private final SaeApi saes;

    ExistingSaeCheck(SaeApi saes) {
        this.saes = saes;
    }

    /** @param taps of the experiment; empty when the model is wrong itself */
    void check(ExperimentSpec spec, SaeSpec sae, List<Tap> taps, Findings findings) {
        if (sae.describesTraining()) {
            findings.add("sae.id", "stands alone; leave it out to train an SAE, or leave out the rest");
        }
        List<Double> curve = spec.curve();
        if (curve != null && !curve.isEmpty()) {
            findings.add("curve", "follows a training, and sae.id names an SAE that is trained already");
        }
        ExperimentSpec.Controls controls = spec.controls();
        if (controls != null && TRUE.equals(controls.secondSeed())) {
            findings.add("controls.secondSeed", "trains once more, and sae.id names an SAE that is trained already");
        }
        SaeView found = find(String.valueOf(sae.id()), findings);
        if (taps.size() > 1) {
            findings.add("layers", "has %d layers; an SAE that exists belongs to one: name it".formatted(taps.size()));
        } else if (found != null && taps.size() == 1) {
            checkWidth(found, taps.getFirst(), findings);
        }
    }

    private @Nullable SaeView find(String id, Findings findings) {
        try {
            SaeView found = saes.find(id);
            if (found.weights() == null) {
                findings.add(
                        "sae.id",
                        "%s has no weights: its training is %s"
                                .formatted(id, found.job().state()));
            }
            return found;
        } catch (RestClientResponseException refusal) {
            if (!refusal.getStatusCode().is4xxClientError()) {
                throw refusal;
            }
            Refusal.of(refusal).addTo(findings, "sae.id");
            return null;
        }
    }

    private static void checkWidth(SaeView sae, Tap tap, Findings findings) {
        Integer width = tap.width();
        if (width != null && width != sae.inputWidth()) {
            findings.add(
                    "sae.id",
                    "%s reads activations of width %d, and %s has %d"
                            .formatted(sae.id(), sae.inputWidth(), tap.name(), width));
        }
    }
}

package io.taxoscope.activationservice.interventions;

import io.taxoscope.api.activation.InterventionExample;
import io.taxoscope.api.activation.InterventionView.Put;
import java.util.List;
import java.util.Map;

/**
 * What is known of one example, kept until all are.
 *
 * @param target class index of the label; -1 when it is none of the classes, or none are named
 * @param effects of what stands in the tap's place
 * @param groupBefore probability of each group in the unchanged model
 */
record Outcome(
        InterventionExample shown,
        int target,
        Map<Put, Effect> effects,
        List<Double> groupBefore,
        List<Double> groupAfter) {

    /**
     * Numbers that do not apply are 0.
     *
     * @param loss cross-entropy with the target
     * @param best most probable class
     */
    record Effect(double loss, int best, double kl, double cosine, double mse) {}
}

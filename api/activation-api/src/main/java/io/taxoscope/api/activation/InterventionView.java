package io.taxoscope.api.activation;

import io.taxoscope.api.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param dataset hash of the dataset's manifest
 * @param report once done
 */
public record InterventionView(
        String id,
        JobView job,
        String modelId,
        String dataset,
        String tap,
        TokenSelection token,
        String activations,
        String replacement,
        CreateIntervention.OutputKind kind,
        @Nullable Report report) {

    /**
     * @param nExamples images that the numbers are over
     * @param nLabelled those whose label is one of the classes: cross-entropy and accuracy are over them
     * @param runs the unchanged model, the replacement and both ablations
     * @param recovered by the replacement, against each ablation
     * @param groups as asked for
     * @param falling the ten classes whose mean probability the replacement lowers most; empty for embeddings
     * @param rising the ten whose it raises most
     */
    public record Report(
            int nExamples,
            int nLabelled,
            List<Run> runs,
            List<Recovered> recovered,
            List<GroupShift> groups,
            List<ClassShift> falling,
            List<ClassShift> rising) {}

    /** What stands in the tap's place. */
    public enum Put {
        /** What the model itself computes. */
        ORIGINAL,
        REPLACEMENT,
        /** The zero vector. */
        ZERO_ABLATION,
        /** The mean of the activations over their whole set. */
        MEAN_ABLATION
    }

    /**
     * Means over the examples. Those of logits are absent for embeddings, and the other way round.
     *
     * @param crossEntropy with the label, in nats; absent without labelled examples
     * @param accuracy share of labelled examples whose most probable class is the label
     * @param kl divergence from the original's class probabilities, sum p ln(p / q), in nats
     * @param agreement share of examples with the original's most probable class
     * @param cosine of the output with the original's
     * @param mse mean squared difference of an element from the original's
     */
    public record Run(
            Put put,
            @Nullable Double crossEntropy,
            @Nullable Double accuracy,
            @Nullable Double kl,
            @Nullable Double agreement,
            @Nullable Double cosine,
            @Nullable Double mse) {}

    /**
     * 1 when the replacement does no harm, 0 when it does as much as the ablation, above 1 when it helps.
     *
     * @param loss (cross-entropy ablated - replaced) / (ablated - original); absent without labels, or where ablation costs
     *     nothing
     * @param kl 1 - kl replaced / kl ablated; absent where ablation changes nothing
     * @param mse 1 - mse replaced / mse ablated, for embeddings; absent where ablation changes nothing
     */
    public record Recovered(
            Put against,
            @Nullable Double loss,
            @Nullable Double kl,
            @Nullable Double mse) {}

    /**
     * Mean probability of a group of classes together, on the images that bear one of its labels and on the other labelled
     * ones.
     *
     * @param insideBefore absent without images inside
     * @param outsideBefore absent without images outside
     */
    public record GroupShift(
            String name,
            int nInside,
            @Nullable Double insideBefore,
            @Nullable Double insideAfter,
            int nOutside,
            @Nullable Double outsideBefore,
            @Nullable Double outsideAfter) {}

    /**
     * @param index of the logit
     * @param label absent when the request names no classes
     * @param before mean probability over the examples, in the unchanged model
     */
    public record ClassShift(int index, @Nullable String label, double before, double after) {}
}

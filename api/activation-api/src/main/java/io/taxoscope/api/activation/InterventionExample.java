package io.taxoscope.api.activation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a replacement changes for one image.
 *
 * @param index row in the dataset
 * @param label as the dataset has it
 * @param before the five most probable classes of the unchanged model; empty for embeddings
 * @param after the same under the replacement
 * @param kl divergence of after from before, in nats; absent for embeddings
 * @param cosine of both outputs, for embeddings
 * @param mse of both outputs, for embeddings
 */
public record InterventionExample(
        int index,
        String label,
        List<ClassProbability> before,
        List<ClassProbability> after,
        @Nullable Double kl,
        @Nullable Double cosine,
        @Nullable Double mse) {

    /**
     * @param index of the logit
     * @param label absent when the request names no classes
     */
    public record ClassProbability(int index, @Nullable String label, double probability) {}
}

package io.taxoscope.api.activation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Model, tap, token and images are those of the two shard sets, which must agree in them.
 *
 * @param activations the tap's own vectors; their mean is what mean-ablation puts in
 * @param replacement what takes their place, row by row: a reconstruction, edited or not
 * @param output the model's output to look at; absent when it has only one
 * @param kind what that output is
 * @param classes not for EMBEDDING, and optional: the dataset's label for each logit or probability, in order. With them come cross-entropy,
 *     accuracy and loss recovered
 * @param groups sets of classes whose probability is followed, such as those below a synset; needs classes
 * @param examples rows to look at, ascending; absent for all
 * @param batchSize images in one run of the model; absent for 16
 */
public record CreateIntervention(
        @NotBlank String activations,
        @NotBlank String replacement,
        @Nullable @Size(min = 1) String output,
        @NotNull OutputKind kind,
        @Nullable @Size(min = 2, max = 100_000) List<@NotBlank String> classes,
        @Nullable @Size(min = 1, max = 100) List<@NotNull @Valid ClassGroup> groups,
        @Nullable @Size(min = 1, max = 100_000) List<@NotNull @PositiveOrZero Integer> examples,
        @Nullable @Positive @Max(1024) Integer batchSize) {

    public enum OutputKind {
        /** A number for each class, before the softmax. An output that a softmax ended is refused. */
        LOGITS,
        /** A number for each class, after the softmax; their logarithms are what is compared. */
        PROBABILITIES,
        /** A vector whose direction and length matter. */
        EMBEDDING
    }

    /** @param classes labels among {@code classes} of the request */
    public record ClassGroup(
            @NotBlank @Size(max = 200) String name,
            @NotEmpty List<@NotBlank String> classes) {}
}

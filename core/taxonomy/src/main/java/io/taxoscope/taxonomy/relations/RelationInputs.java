package io.taxoscope.taxonomy.relations;

import org.jspecify.annotations.Nullable;

/**
 * What an analysis looks at. What needs an absent part is left out.
 *
 * @param directions the decoder of the SAE that made the firings
 * @param activations what the codes were made of
 * @param embeddings vectors that say how alike two images are
 */
public record RelationInputs(
        LabelledExamples labels,
        Assignment assignment,
        Firings firings,
        @Nullable Directions directions,
        @Nullable DenseRows activations,
        @Nullable DenseRows embeddings) {
    public RelationInputs {
        require(firings.nExamples() == labels.size(), "codes and labels of different examples");
        require(firings.nLatents() == assignment.nLatents(), "codes and scores of different latents");
        require(directions == null || directions.nLatents() == firings.nLatents(), "an SAE of other latents");
        require(activations == null || activations.nExamples() == labels.size(), "activations of other examples");
        require(embeddings == null || embeddings.nExamples() == labels.size(), "embeddings of other examples");
        require(
                directions == null || activations == null || directions.width() == activations.width(),
                "an SAE of another width than the activations");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

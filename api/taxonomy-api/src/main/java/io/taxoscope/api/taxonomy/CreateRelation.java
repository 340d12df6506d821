package io.taxoscope.api.taxonomy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * Activations and SAE weights are those that the scoring's codes name. What needs one that the store no longer has is left
 * out, and the report's notes say so.
 *
 * @param scoring id of a scoring that has succeeded
 * @param embeddings hash of a shard set over the same dataset whose vectors say how alike two images are; absent for the
 *     activations that the codes were made of
 */
public record CreateRelation(
        @NotBlank String scoring,
        @Nullable String embeddings,
        @NotNull @Valid RelationConfig config) {}

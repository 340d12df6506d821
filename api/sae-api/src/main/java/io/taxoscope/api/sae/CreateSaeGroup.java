package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * SAEs that are trained side by side.
 *
 * @param saes in the order in which they are begun where memory does not hold all of them at once. Those of one shard set
 *     read it once, and those that also have the same order of examples ({@code orderSeed}, or else {@code seed}) and
 *     batchSize share every batch
 */
public record CreateSaeGroup(
        @NotNull @Size(min = 1, max = 256) List<@NotNull @Valid CreateSae> saes) {}

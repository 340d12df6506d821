package io.taxoscope.api.sae;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param shardSet hash of the activations to train on
 * @param snapshots steps after which the weights are kept, ascending and before the last; they can be encoded like the
 *     finished SAE. Absent for none
 */
public record CreateSae(
        @NotBlank String shardSet,
        @NotNull @Valid SaeConfig config,
        @Nullable @Size(max = 100) List<@NotNull @Positive Integer> snapshots) {
    public CreateSae(String shardSet, SaeConfig config) {
        this(shardSet, config, null);
    }
}

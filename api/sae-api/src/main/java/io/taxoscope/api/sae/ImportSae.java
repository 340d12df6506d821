package io.taxoscope.api.sae;

import io.taxoscope.api.Source;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;

/**
 * An SAE that another tool made.
 *
 * @param source one file, a zip with the files of one SAE, or (a path) a folder with them
 * @param format absent to find it out from the files
 * @param options what the files leave unsaid; absent when they say everything
 * @param parity what the imported SAE is compared with; absent for the formula of its format on generated rows
 */
public record ImportSae(
        @NotNull @Valid Source source,
        @Nullable SaeFileFormat format,
        @Nullable @Valid Options options,
        @Nullable @Valid CheckParity parity) {
    /**
     * What some formats leave unsaid; an option that a file answers itself is refused.
     *
     * @param k latents that TOPK keeps
     * @param threshold of all latents, for JUMPRELU
     * @param inputScale factor that activations were multiplied with before the SAE was trained; folded into the weights
     */
    public record Options(
            @Nullable Kind activation,
            @Nullable @Positive Integer k,
            @Nullable Double threshold,
            @Nullable @Positive Double inputScale) {}

    /** How codes are made sparse. */
    public enum Kind {
        RELU,
        TOPK,
        JUMPRELU
    }
}

package io.taxoscope.api.sae;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an imported SAE comes from.
 *
 * @param format as named or found
 * @param activation how its codes are made sparse
 * @param k latents that TOPK and SIGNED_TOPK keep, or parents that HIERARCHICAL keeps; absent for the others
 * @param parents HIERARCHICAL: the first latents; each has as many of the others
 * @param latents how many it has
 * @param files what was read, with the hashes of the bytes; they are kept in the store
 * @param options as given with the import
 * @param notes what was folded into the weights, and what to know
 * @param parity the comparison made on import
 */
public record ImportedSae(
        SaeFileFormat format,
        Activation activation,
        @Nullable Integer k,
        @Nullable Integer parents,
        int latents,
        List<File> files,
        ImportSae.@Nullable Options options,
        List<String> notes,
        ParityView parity) {
    public record File(String name, String sha256) {}

    /** How codes are made sparse. */
    public enum Activation {
        RELU,
        TOPK,
        /** TOPK without a ReLU: codes may be negative. */
        SIGNED_TOPK,
        /** JumpReLU, and BatchTopK and Matryoshka, which encode as JumpReLU once they are trained. */
        JUMPRELU,
        GATED,
        /** The largest parents and the largest child of each. */
        HIERARCHICAL
    }
}

package io.taxoscope.api.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in the hierarchy above a dataset the latents of each layer are.
 *
 * @param layers those that are scored, in the order of depth
 * @param root wnid of the synset above all
 * @param nLeftOut synsets of the dataset beyond the limit
 * @param synsets nearest to the root first
 */
public record SynsetCoverage(List<String> layers, String root, int nLeftOut, List<Node> synsets) {
    /**
     * @param parents wnids
     * @param minDepth shortest way from the root; maxDepth the longest
     * @param height longest way down to a class
     * @param isClass whether it is a class itself; others may lie below it
     * @param isReachable whether it can be a lowest common hypernym
     * @param layers those with a latent that reaches or marks it
     */
    public record Node(
            String wnid,
            String name,
            List<String> parents,
            int minDepth,
            int maxDepth,
            int height,
            int nClasses,
            boolean isClass,
            boolean isReachable,
            List<InLayer> layers) {}

    /**
     * @param nReaching eligible latents whose LCH it is
     * @param nMarking latents whose best synset it is
     * @param bestLatent of those, the one with the greatest held-out F1
     */
    public record InLayer(
            String layer,
            int nReaching,
            int nMarking,
            @Nullable Integer bestLatent,
            @Nullable Double bestF1) {}
}

package io.taxoscope.api.gateway;

import java.util.List;

/**
 * Which latents mark a synset, and which its children.
 *
 * @param marking latents whose best synset it is, the best by F1 first
 * @param children its direct children above the dataset, the one with the most latents first
 */
public record SynsetLatents(String wnid, String name, int nMarking, List<Marking> marking, List<Child> children) {
    /**
     * @param synset wnid of the latent's best synset
     * @param f1 held-out
     */
    public record Marking(String layer, int latent, String synset, String name, double f1) {}

    /**
     * @param nMarking latents whose best synset is the child or lies below it
     * @param marking the best of them by F1
     */
    public record Child(String wnid, String name, int nMarking, List<Marking> marking) {}
}

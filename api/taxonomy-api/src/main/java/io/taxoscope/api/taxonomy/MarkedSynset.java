package io.taxoscope.api.taxonomy;

import java.util.List;

/**
 * The latents of a scoring that mark a synset, and those that mark its children.
 *
 * @param nMarking latents whose best synset by F1 it is
 * @param marking the best of them by held-out F1; ties go to the lower latent
 * @param children its direct children above the dataset's classes, by wnid
 */
public record MarkedSynset(String wnid, String name, int nMarking, List<Mark> marking, List<Child> children) {
    /**
     * @param synset wnid of the latent's best synset
     * @param f1 held-out
     */
    public record Mark(int latent, String synset, String name, double f1) {}

    /**
     * @param nMarking latents whose best synset is the child or lies below it
     * @param marking the best of them by held-out F1
     */
    public record Child(String wnid, String name, int nMarking, List<Mark> marking) {}
}

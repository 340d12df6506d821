package io.taxoscope.taxonomy.relations;

import java.util.stream.IntStream;

/** One side of a comparison: what fires, and what it stands for. */
public record ComparedSide(Firings firings, Assignment assignment) {
    /** Latents that fire on at least {@code minSupport} examples, ascending. */
    public int[] taking(int minSupport) {
        return IntStream.range(0, firings.nLatents())
                .filter(latent -> firings.byLatent().count(latent) >= minSupport)
                .toArray();
    }
}

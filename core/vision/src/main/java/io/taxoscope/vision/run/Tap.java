package io.taxoscope.vision.run;

import java.util.List;

/**
 * A tap whose shape is known.
 *
 * @param depth 0-based block; the embeddings are -1
 * @param width length of one activation vector
 * @param tokens which tokens can be selected
 * @param nTokens vectors of one image: tokens, or spatial positions, or 1
 * @param firstPatch position of the first patch token, after class token and registers; 0 unless the layout is BTD
 * @param nPatches patch tokens; all of {@code nTokens} unless the layout is BTD
 */
public record Tap(
        String name,
        String tensor,
        int depth,
        int width,
        Layout layout,
        List<Token> tokens,
        int nTokens,
        int firstPatch,
        int nPatches) {
    public Tap {
        tokens = List.copyOf(tokens);
    }
}

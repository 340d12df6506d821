package io.taxoscope.vision.run;

import java.util.List;

/**
 * A tap whose shape is known.
 *
 * @param depth 0-based block; the embeddings are -1
 * @param width length of one activation vector
 * @param tokens which tokens can be selected
 * @param nTokens vectors of one image: tokens, or spatial positions, or 1
 * @param firstPatch position of the first patch token, after class token and registers; 0 unless there are tokens
 * @param nPatches patch tokens; all of {@code nTokens} unless learned tokens stand beside them
 * @param grid how the patches or positions lie in the picture
 * @param heads attention heads of attention weights; 0 for any other tap
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
        int nPatches,
        Grid grid,
        int heads) {
    public Tap {
        tokens = List.copyOf(tokens);
    }

    /** Rows and columns of the patches, in reading order; both 0 where their order is not known. */
    public record Grid(int height, int width) {
        public static final Grid UNKNOWN = new Grid(0, 0);

        /** This grid, or the one of a later stage with half as many rows and columns each time, that has so many positions. */
        Grid with(int positions) {
            for (Grid at = this; at.height > 0 && at.width > 0; at = new Grid(at.height / 2, at.width / 2)) {
                if (at.height * at.width == positions) {
                    return at;
                }
            }
            return UNKNOWN;
        }
    }

    /** Position of the class token; -1 when there is none. */
    public int classToken() {
        return tokens.contains(Token.CLS) ? 0 : -1;
    }
}

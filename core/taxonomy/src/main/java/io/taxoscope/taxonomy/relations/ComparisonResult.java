package io.taxoscope.taxonomy.relations;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much of one dictionary is found in another.
 *
 * @param phi of co-activation alone, like {@code reciprocal}
 * @param nAssigned matches whose latents both stand for a synset; the last three are over them
 */
public record ComparisonResult(
        int nExamples,
        int nFirst,
        int nSecond,
        ControlledMean similarity,
        @Nullable ControlledMean phi,
        @Nullable ControlledMean reciprocal,
        int nAssigned,
        ControlledMean same,
        ControlledMean related,
        ControlledMean lin,
        List<Match> matches) {

    /**
     * A latent of the first side and its counterpart.
     *
     * @param relation absent unless both stand for a synset, like {@code lin}
     */
    public record Match(
            int first,
            int second,
            double similarity,
            @Nullable Double phi,
            @Nullable Boolean isReciprocal,
            int nFirst,
            int nSecond,
            int nBoth,
            @Nullable Relation relation,
            @Nullable Double lin) {}

    /** Where the second side's synset lies, seen from the first's. */
    public enum Relation {
        SAME,
        ABOVE,
        BELOW,
        APART
    }
}

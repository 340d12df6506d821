package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Parameters;
import org.jspecify.annotations.Nullable;

/** What is trained where rows of the weights only follow from it. */
sealed interface Factors permits ArchetypeFactors, SubspaceFactors {
    /** Null when all rows are trained themselves. */
    static @Nullable Factors of(StepSettings settings, MatrixProduct product) {
        DecoderConstraint.Archetypal archetypal = settings.decoder().archetypal();
        if (archetypal != null) {
            return new ArchetypeFactors(archetypal, product);
        }
        return settings.architecture() instanceof Architecture.Hierarchical tree
                ? new SubspaceFactors(tree, settings.decoder())
                : null;
    }

    /** Turns the gradient of rows that follow into that of their factors, by the chain rule, and leaves the rows' zero. */
    void pullBack(Parameters weights, Parameters gradient);

    /** Brings the factors back to their constraints and the rows in line with them. */
    void compose(Parameters weights);
}

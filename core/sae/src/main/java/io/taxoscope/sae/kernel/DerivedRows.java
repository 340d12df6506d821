package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Parameters;

/** Rows of the weights that follow from trained factors, brought in line with them before a training starts. */
public final class DerivedRows {
    private DerivedRows() {}

    /** Writes children's rows from their parents' subspaces. */
    public static void ofHierarchy(Architecture.Hierarchical tree, Parameters weights) {
        new SubspaceFactors(tree, DecoderConstraint.of(false)).compose(weights);
    }

    /** Brings convex weights and relaxations to the constraint and writes the decoder's rows. */
    public static void ofArchetypes(DecoderConstraint.Archetypal archetypal, Parameters weights) {
        new ArchetypeFactors(archetypal, MatrixProduct.reference()).compose(weights);
    }
}

package io.taxoscope.sae.training;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.kernel.DerivedRows;
import java.util.Random;

/**
 * Where the children of an {@link Architecture.Hierarchical} start: directions into a parent's subspace and atoms in it are
 * drawn from unit spheres, the ways out and the decoder's atoms equal to them.
 */
final class Subspaces {
    /** Keeps these draws apart from those of the parents' rows. */
    private static final long STREAM = 0x5BD1E995L;

    private Subspaces() {}

    static Parameters of(Architecture.Hierarchical tree, Parameters weights, long seed) {
        Random random = new Random(seed ^ STREAM);
        int width = weights.shape().width();
        float[] down_qd = UnitRows.drawn(random, tree.parents() * tree.subspace(), width);
        float[] atom_cq = UnitRows.drawn(random, tree.parents() * tree.children(), tree.subspace());
        Parameters factored = weights.withFactor(Parameters.SUBSPACE_DOWN, down_qd)
                .withFactor(Parameters.SUBSPACE_UP, down_qd.clone())
                .withFactor(Parameters.CHILD_ENCODER, atom_cq)
                .withFactor(Parameters.CHILD_DECODER, atom_cq.clone());
        DerivedRows.ofHierarchy(tree, factored);
        return factored;
    }
}

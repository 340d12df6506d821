package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture.Hierarchical;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Parameters;
import java.util.Arrays;

/** {@link Hierarchical}: a child's rows are {@code childEnc down} and {@code childDec up} of its parent's subspace. */
record SubspaceFactors(Hierarchical tree, DecoderConstraint decoder) implements Factors {
    @Override
    public void pullBack(Parameters weights, Parameters gradient) {
        int width = weights.shape().width();
        pullBack(weights, gradient, gradient.wEnc_sd(), Parameters.CHILD_ENCODER, Parameters.SUBSPACE_DOWN);
        pullBack(weights, gradient, gradient.wDec_sd(), Parameters.CHILD_DECODER, Parameters.SUBSPACE_UP);
        int children = tree.parents() * width;
        Arrays.fill(gradient.wEnc_sd(), children, gradient.wEnc_sd().length, 0);
        Arrays.fill(gradient.wDec_sd(), children, gradient.wDec_sd().length, 0);
        if (decoder.projectsGradient()) {
            RowNorms.projectOut(
                    gradient.factor(Parameters.CHILD_DECODER),
                    weights.factor(Parameters.CHILD_DECODER),
                    tree.subspace());
        }
    }

    private void pullBack(Parameters weights, Parameters gradient, float[] rows_sd, String atoms, String subspace) {
        int width = weights.shape().width();
        int q = tree.subspace();
        float[] atom_cq = weights.factor(atoms);
        float[] basis_qd = weights.factor(subspace);
        float[] atomGradient_cq = gradient.factor(atoms);
        float[] basisGradient_qd = gradient.factor(subspace);
        for (int child = 0; child < tree.parents() * tree.children(); child++) {
            int row = (tree.parents() + child) * width;
            int basis = child / tree.children() * q * width;
            for (int axis = 0; axis < q; axis++) {
                float atom = atom_cq[child * q + axis];
                double along = 0;
                for (int i = 0; i < width; i++) {
                    along += (double) rows_sd[row + i] * basis_qd[basis + axis * width + i];
                    basisGradient_qd[basis + axis * width + i] += atom * rows_sd[row + i];
                }
                atomGradient_cq[child * q + axis] = (float) along;
            }
        }
    }

    @Override
    public void compose(Parameters weights) {
        RowNorms.keep(decoder, weights.factor(Parameters.CHILD_DECODER), tree.subspace());
        compose(weights, weights.wEnc_sd(), Parameters.CHILD_ENCODER, Parameters.SUBSPACE_DOWN);
        compose(weights, weights.wDec_sd(), Parameters.CHILD_DECODER, Parameters.SUBSPACE_UP);
    }

    private void compose(Parameters weights, float[] rows_sd, String atoms, String subspace) {
        int width = weights.shape().width();
        int q = tree.subspace();
        float[] atom_cq = weights.factor(atoms);
        float[] basis_qd = weights.factor(subspace);
        Arrays.fill(rows_sd, tree.parents() * width, rows_sd.length, 0);
        for (int child = 0; child < tree.parents() * tree.children(); child++) {
            int row = (tree.parents() + child) * width;
            int basis = child / tree.children() * q * width;
            for (int axis = 0; axis < q; axis++) {
                float atom = atom_cq[child * q + axis];
                for (int i = 0; i < width; i++) {
                    rows_sd[row + i] += atom * basis_qd[basis + axis * width + i];
                }
            }
        }
    }
}

package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.Random;

/** Random weights and inputs for tests. */
final class SyntheticSae {
    private SyntheticSae() {}

    static float[] gaussians(int n, double scale, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }

    /** Unit decoder rows, an encoder near their transpose, small biases. */
    static Parameters weights(Shape shape, long seed) {
        float[] wDec_sd = gaussians(shape.elements(), 1, seed);
        for (int row = 0; row < wDec_sd.length; row += shape.width()) {
            double square = 0;
            for (int i = row; i < row + shape.width(); i++) {
                square += (double) wDec_sd[i] * wDec_sd[i];
            }
            for (int i = row; i < row + shape.width(); i++) {
                wDec_sd[i] = (float) (wDec_sd[i] / Math.sqrt(square));
            }
        }
        float[] wEnc_sd = gaussians(shape.elements(), 0.1, seed + 1);
        for (int i = 0; i < wEnc_sd.length; i++) {
            wEnc_sd[i] += wDec_sd[i];
        }
        return new Parameters(
                shape,
                wEnc_sd,
                wDec_sd,
                gaussians(shape.latents(), 0.1, seed + 2),
                gaussians(shape.width(), 0.5, seed + 3));
    }

    /** A state in which every third latent has been silent for 1,000 examples. */
    static TrainingState stateWithDead(Shape shape, long seed) {
        TrainingState state = TrainingState.initial(weights(shape, seed), 1);
        for (int latent = 0; latent < shape.latents(); latent += 3) {
            state.silentFor_s()[latent] = 1000;
        }
        return state;
    }

    /** The same weights with subspaces and atoms, from which children's rows follow. */
    static Parameters withSubspaces(Architecture.Hierarchical tree, Parameters weights) {
        int basis = tree.parents() * tree.subspace() * weights.shape().width();
        int atoms = tree.parents() * tree.children() * tree.subspace();
        Parameters factored = weights.withFactor(Parameters.SUBSPACE_DOWN, gaussians(basis, 0.3, 21))
                .withFactor(Parameters.SUBSPACE_UP, gaussians(basis, 0.3, 22))
                .withFactor(Parameters.CHILD_ENCODER, gaussians(atoms, 0.6, 23))
                .withFactor(Parameters.CHILD_DECODER, gaussians(atoms, 0.6, 24));
        DerivedRows.ofHierarchy(tree, factored);
        return factored;
    }

    /** The same state with candidates, convex weights and relaxations, from which decoder rows follow. */
    static TrainingState withArchetypes(DecoderConstraint.Archetypal archetypal, TrainingState state) {
        Shape shape = state.weights().shape();
        float[] convex_sc = gaussians(shape.latents() * archetypal.candidates(), 1, 25);
        Parameters weights = state.weights()
                .withFactor(Parameters.ARCHETYPE_WEIGHTS, convex_sc)
                .withFactor(Parameters.RELAXATION, gaussians(shape.elements(), 0.05, 26))
                .withFactor(Parameters.CANDIDATES, gaussians(archetypal.candidates() * shape.width(), 1, 27));
        DerivedRows.ofArchetypes(archetypal, weights);
        Parameters zeros = Parameters.zerosLike(weights);
        return new TrainingState(weights, zeros, zeros.copy(), state.silentFor_s(), 1, 0);
    }
}

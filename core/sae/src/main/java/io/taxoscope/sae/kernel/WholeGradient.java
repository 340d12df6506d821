package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;
import java.util.Arrays;

/**
 * The way of a step that needs whole matrices: gradients are written out, {@link WholeUpdate} takes the step on dense
 * parameters, and the padded ones follow.
 */
final class WholeGradient {
    private final Parameters weights;
    private final Parameters first;
    private final Parameters second;
    private final Parameters gradient;
    private final WholeUpdate update;

    WholeGradient(StepSettings settings, TrainingState state, MatrixProduct product) {
        this.weights = state.weights().copy();
        this.first = state.firstMoments().copy();
        this.second = state.secondMoments().copy();
        this.gradient = Parameters.zerosLike(weights);
        this.update = new WholeUpdate(settings, weights, first, second, product);
    }

    /** Takes one latent's gradients over; different threads bring different latents. */
    void take(int latent, LatentGradients of, Iterable<String> ownNames) {
        int width = weights.shape().width();
        System.arraycopy(of.decoder_d, 0, gradient.wDec_sd(), latent * width, width);
        System.arraycopy(of.encoder_d, 0, gradient.wEnc_sd(), latent * width, width);
        gradient.bEnc_s()[latent] = of.bias;
        int i = 0;
        for (String name : ownNames) {
            gradient.perLatent_s(name)[latent] = of.own[i++];
        }
    }

    void apply(float[] biasGradient_d, float learningRate, int step, PaddedParameters padded) {
        System.arraycopy(
                biasGradient_d, 0, gradient.bDec_d(), 0, weights.shape().width());
        for (String name : gradient.factorNames()) {
            Arrays.fill(gradient.factor(name), 0);
        }
        update.apply(gradient, learningRate, step);
        padded.load(weights);
    }

    Parameters weights() {
        return weights.copy();
    }

    Parameters firstMoments() {
        return first.copy();
    }

    Parameters secondMoments() {
        return second.copy();
    }
}

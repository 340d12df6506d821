package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step from the gradient of all parameters: chain rule, projection, clipping, optimiser, constraint, in this order. */
final class WholeUpdate {
    private final StepSettings settings;
    private final Parameters weights;
    private final Parameters first;
    private final Parameters second;
    private final MatrixProduct product;
    private final @Nullable Factors factors;

    /** Moves these weights and moments in place. */
    WholeUpdate(StepSettings settings, Parameters weights, Parameters first, Parameters second, MatrixProduct product) {
        this.settings = settings;
        this.weights = weights;
        this.first = first;
        this.second = second;
        this.product = product;
        this.factors = Factors.of(settings, product);
    }

    /**
     * @param gradient is used up
     * @param step number of this step, from 1
     */
    void apply(Parameters gradient, float learningRate, int step) {
        if (factors != null) {
            factors.pullBack(weights, gradient);
        }
        int width = weights.shape().width();
        if (settings.decoder().projectsGradient()) {
            RowNorms.projectOut(gradient.wDec_sd(), weights.wDec_sd(), width);
        }
        if (settings.optimizer().clips()) {
            clip(gradient.trained(), settings.optimizer().maxGradientNorm());
        }
        update(gradient, learningRate, step);
        RowNorms.keep(settings.decoder(), weights.wDec_sd(), width);
        for (String name : weights.perLatentNames()) {
            float[] values_s = weights.perLatent_s(name);
            for (int latent = 0; latent < values_s.length; latent++) {
                keepAllowed(name, values_s, latent);
            }
        }
        if (factors != null) {
            factors.compose(weights);
        }
    }

    private void update(Parameters gradient, float learningRate, int step) {
        UpdateRule rule = UpdateRule.of(settings.optimizer().rule(), learningRate, step);
        int done = 0;
        if (settings.optimizer().rule() instanceof Optimizer.Rule.Muon muon) {
            MuonStep matrices = new MuonStep(muon, learningRate, product);
            int latents = weights.shape().latents();
            int width = weights.shape().width();
            matrices.update(weights.wEnc_sd(), first.wEnc_sd(), gradient.wEnc_sd(), latents, width);
            matrices.update(weights.wDec_sd(), first.wDec_sd(), gradient.wDec_sd(), latents, width);
            done = 2;
        }
        List<float[]> weight = weights.trained();
        List<float[]> gradients = gradient.trained();
        for (int array = done; array < weight.size(); array++) {
            float[] values = weight.get(array);
            float[] slopes = gradients.get(array);
            float[] firsts = first.trained().get(array);
            float[] seconds = second.trained().get(array);
            for (int at = 0; at < values.length; at++) {
                rule.update(values, firsts, seconds, at, slopes[at]);
            }
        }
    }

    private static void clip(List<float[]> gradient, float maxNorm) {
        double squares = 0;
        for (float[] values : gradient) {
            for (float value : values) {
                squares += (double) value * value;
            }
        }
        float factor = clipFactor(squares, maxNorm);
        for (float[] values : gradient) {
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
        }
    }

    /** Brings a threshold that fell below 0 back to it; other parameters may be anything. */
    static void keepAllowed(String name, float[] values_s, int latent) {
        if (name.equals(Parameters.THRESHOLD)) {
            values_s[latent] = Math.max(values_s[latent], 0);
        }
    }

    /** What a gradient of so many squares is multiplied with, at most 1. */
    static float clipFactor(double squares, float maxNorm) {
        return (float) Math.min(1, maxNorm / Math.sqrt(squares));
    }
}

package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;
import java.util.Arrays;

/** {@link AuxK}. */
record ReferenceAuxK(AuxK auxK, GradientSum sum) {
    /** Adds the gradient; returns the loss without its coefficient. */
    double add() {
        double normaliser = auxK.normaliser(residualVariance(), (double) sum.n * sum.width);
        if (normaliser == 0 || sum.silence.latentsSilentFor(auxK.deadAfterExamples()) == 0) {
            return 0;
        }
        Codes codes = new Codes(sum.n, Math.min(auxK.kAux(), sum.latents));
        boolean keepsNegatives = sum.settings.keepsNegatives();
        double squares = 0;
        for (int example = 0; example < sum.n; example++) {
            float[] pre_s = sum.pre_bs[example];
            ReferenceEncoding.keepStrongest(
                    pre_s,
                    codes.k(),
                    latent -> sum.silence.dead(latent, auxK) && (keepsNegatives || pre_s[latent] > 0),
                    codes,
                    example);
            squares += addExample(codes, example, 2.0 * auxK.coefficient() / normaliser);
        }
        return squares / normaliser;
    }

    private double addExample(Codes codes, int example, double scale) {
        float[] difference_d = ReferenceEncoding.weightedRows(sum.weights, codes, example);
        double squares = 0;
        for (int i = 0; i < sum.width; i++) {
            difference_d[i] += sum.error_bd[example][i]; // ê - (x - x̂)
            if (auxK.withBias()) {
                difference_d[i] += sum.weights.bDec_d()[i];
                sum.bDecTotal_d[i] += scale * difference_d[i];
            }
            squares += (double) difference_d[i] * difference_d[i];
        }
        for (int at = codes.start(example); at < codes.end(example); at++) {
            int row = codes.latent(at) * sum.width;
            double valueGradient = 0;
            for (int i = 0; i < sum.width; i++) {
                valueGradient += scale * difference_d[i] * sum.weights.wDec_sd()[row + i];
                sum.total.wDec_sd()[row + i] += (float) (scale * difference_d[i] * codes.value(at));
            }
            sum.addThroughEncoder(example, codes.latent(at), valueGradient);
        }
        return squares;
    }

    private double residualVariance() {
        double[] sum_d = new double[sum.width];
        double squares = 0;
        for (float[] error_d : sum.error_bd) {
            for (int i = 0; i < sum.width; i++) {
                sum_d[i] += error_d[i];
                squares += (double) error_d[i] * error_d[i];
            }
        }
        double ofMean = Arrays.stream(sum_d).map(total -> total * total).sum();
        return AuxK.residualVariance(squares, ofMean / sum.n);
    }
}

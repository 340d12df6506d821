package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Parameters;

/** The gradient of one batch's loss, collected term by term: reconstructions here, what else there is in its own class. */
final class ReferenceGradient {
    private final GradientSum sum;
    private final ReferenceTerms terms;
    private final Levels levels;
    private int[] level_at = {};
    private double squaredError;

    ReferenceGradient(StepSettings settings, Parameters weights, Silence silence, Levels levels, float[] x_bd, int n) {
        this.sum = new GradientSum(settings, weights, silence, x_bd, n);
        this.terms = ReferenceTerms.of(sum);
        this.levels = levels;
    }

    Parameters total() {
        return sum.total;
    }

    Codes codes() {
        return sum.codes;
    }

    /** Codes of all examples. */
    void activate() {
        terms.activate();
    }

    StepOutcome collect() {
        activate();
        level_at = new int[sum.codes.capacity()];
        for (int example = 0; example < sum.n; example++) {
            addExample(example);
        }
        AuxK auxK = sum.settings.auxK();
        double auxLoss = auxK == null ? 0 : new ReferenceAuxK(auxK, sum).add();
        double objective = sum.objective + (auxK == null ? 0 : auxK.coefficient() * auxLoss);
        for (int i = 0; i < sum.width; i++) {
            sum.total.bDec_d()[i] = (float) sum.bDecTotal_d[i];
        }
        double l0 = sum.codes.positive(0, sum.n) / (double) sum.n;
        return new StepOutcome(squaredError * sum.unit, auxLoss, l0, objective);
    }

    /** Adds one example's share of everything but AuxK. */
    private void addExample(int example) {
        Codes codes = sum.codes;
        levels.assign(codes, example, level_at);
        double[] valueGradient_at = new double[codes.active(example)];
        for (int level = 0; level < levels.count(); level++) {
            addReconstruction(example, level, valueGradient_at);
        }
        for (int at = codes.start(example); at < codes.end(example); at++) {
            terms.addThroughActivation(example, at, valueGradient_at[at - codes.start(example)]);
        }
        terms.addExample(example);
    }

    /** Adds {@code weight |x̂ - x|²} of the reconstruction from the codes up to {@code level}. */
    private void addReconstruction(int example, int level, double[] valueGradient_at) {
        Codes codes = sum.codes;
        float[] error_d = error(example, level);
        double squares = 0;
        double scale = 2 * sum.unit * levels.weight(level);
        for (int i = 0; i < sum.width; i++) {
            squares += (double) error_d[i] * error_d[i];
            sum.bDecTotal_d[i] += scale * error_d[i];
        }
        sum.objective += sum.unit * levels.weight(level) * squares;
        for (int at = codes.start(example); at < codes.end(example); at++) {
            int row = codes.latent(at) * sum.width;
            for (int i = 0; i < sum.width && level_at[at] <= level; i++) {
                valueGradient_at[at - codes.start(example)] +=
                        scale * error_d[i] * sum.weights.wDec_sd()[row + i];
                sum.total.wDec_sd()[row + i] += (float) (scale * error_d[i] * codes.value(at));
            }
        }
        if (level == levels.count() - 1) {
            sum.error_bd[example] = error_d;
            squaredError += squares;
        }
    }

    private float[] error(int example, int level) {
        Codes codes = sum.codes;
        float[] error_d = new float[sum.width];
        for (int i = 0; i < sum.width; i++) {
            double reconstruction = 0;
            for (int at = codes.start(example); at < codes.end(example); at++) {
                reconstruction += level_at[at] <= level ? (double) codes.value(at) * sum.wDec(codes.latent(at), i) : 0;
            }
            error_d[i] = (float) (reconstruction - sum.centred(example, i));
        }
        return error_d;
    }
}

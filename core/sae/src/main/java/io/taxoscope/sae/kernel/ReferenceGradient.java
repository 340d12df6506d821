package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.Architecture.JumpRelu.Penalty;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Parameters;
import java.util.Arrays;

/**
 * The gradient of one batch's loss, collected term by term. {@code unit} is {@code 1/(n d)}, the factor of the loss;
 * codes hold the active latents and, for JumpReLU, also those that lie within the bandwidth below their threshold, with
 * value 0.
 */
final class ReferenceGradient {
    private final Architecture architecture;
    private final boolean unitNorm;
    private final Parameters weights;
    private final Silence silence;
    private final Levels levels;
    private final float[] x_bd;
    private final int n;
    private final int width;
    private final int latents;
    private final double unit;
    private final ReferenceEncoding encoding;
    private final Parameters total;
    /** In float64, because it adds up over all codes of all examples. */
    private final double[] bDecTotal_d;

    private final float[][] pre_bs;
    private final float[][] error_bd;
    private final Codes codes;
    private int[] level_at = {};
    private double squaredError;
    private double objective;

    ReferenceGradient(
            Architecture architecture,
            boolean unitNorm,
            Parameters weights,
            Silence silence,
            Levels levels,
            float[] x_bd,
            int n) {
        this.architecture = architecture;
        this.unitNorm = unitNorm;
        this.weights = weights;
        this.silence = silence;
        this.levels = levels;
        this.x_bd = x_bd;
        this.n = n;
        this.width = weights.shape().width();
        this.latents = weights.shape().latents();
        this.unit = 1 / ((double) n * width);
        this.encoding = new ReferenceEncoding(weights, new Activation.Relu());
        this.total = Parameters.zerosLike(weights);
        this.bDecTotal_d = new double[width];
        this.pre_bs = new float[n][];
        this.error_bd = new float[n][];
        this.codes = Codes.ragged(n);
    }

    Parameters total() {
        return total;
    }

    Codes codes() {
        return codes;
    }

    StepOutcome collect() {
        activate();
        level_at = new int[codes.capacity()];
        for (int example = 0; example < n; example++) {
            addExample(example);
        }
        double auxLoss = addAuxK();
        for (int i = 0; i < width; i++) {
            total.bDec_d()[i] = (float) bDecTotal_d[i];
        }
        AuxK auxK = architecture.auxK();
        objective += auxK == null ? 0 : auxK.coefficient() * auxLoss;
        return new StepOutcome(squaredError * unit, auxLoss, codes.positive(n) / (double) n, objective);
    }

    /** Pre-activations and codes of all examples. */
    void activate() {
        for (int example = 0; example < n; example++) {
            pre_bs[example] = encoding.preActivations(input(example));
        }
        if (architecture.keepsThreshold()) {
            int k = architecture instanceof Architecture.Matryoshka nested
                    ? nested.k()
                    : ((Architecture.BatchTopK) architecture).k();
            ReferenceEncoding.keepStrongestOfBatch(pre_bs, k, codes);
            return;
        }
        for (int example = 0; example < n; example++) {
            activate(example);
        }
    }

    private void activate(int example) {
        float[] pre_s = pre_bs[example];
        if (architecture.activation() instanceof Activation.TopK topK) {
            ReferenceEncoding.keepStrongest(pre_s, topK.k(), latent -> true, codes, example);
            return;
        }
        codes.clear(example);
        for (int latent = 0; latent < latents; latent++) {
            if (architecture instanceof JumpRelu jump) {
                float threshold = threshold(latent);
                if (pre_s[latent] > threshold - jump.bandwidth() / 2) {
                    codes.add(example, latent, pre_s[latent] > threshold ? pre_s[latent] : 0);
                }
            } else if (pre_s[latent] > 0) {
                boolean gated = architecture instanceof Architecture.Gated;
                float z = gated ? ReferenceEncoding.magnitude(weights, latent, pre_s[latent]) : pre_s[latent];
                codes.add(example, latent, Math.max(z, 0));
            }
        }
    }

    /** Adds one example's share of everything but AuxK. */
    private void addExample(int example) {
        levels.assign(codes, example, level_at);
        double[] valueGradient_at = new double[codes.active(example)];
        for (int level = 0; level < levels.count(); level++) {
            addReconstruction(example, level, valueGradient_at);
        }
        for (int at = codes.start(example); at < codes.end(example); at++) {
            addThroughActivation(example, at, valueGradient_at[at - codes.start(example)]);
        }
        if (architecture instanceof Architecture.Gated) {
            addGateReconstruction(example);
        }
    }

    /** Adds {@code weight |x̂ - x|²} of the reconstruction from the codes up to {@code level}. */
    private void addReconstruction(int example, int level, double[] valueGradient_at) {
        double[] sum_d = new double[width];
        for (int at = codes.start(example); at < codes.end(example); at++) {
            for (int i = 0; i < width && level_at[at] <= level; i++) {
                sum_d[i] += (double) codes.value(at) * wDec(codes.latent(at), i);
            }
        }
        float[] error_d = new float[width];
        double squares = 0;
        for (int i = 0; i < width; i++) {
            error_d[i] = (float) (sum_d[i] - centred(example, i));
            squares += (double) error_d[i] * error_d[i];
        }
        double scale = 2 * unit * levels.weight(level);
        objective += unit * levels.weight(level) * squares;
        for (int i = 0; i < width; i++) {
            bDecTotal_d[i] += scale * error_d[i];
        }
        for (int at = codes.start(example); at < codes.end(example); at++) {
            int row = codes.latent(at) * width;
            for (int i = 0; i < width && level_at[at] <= level; i++) {
                valueGradient_at[at - codes.start(example)] += scale * error_d[i] * weights.wDec_sd()[row + i];
                total.wDec_sd()[row + i] += (float) (scale * error_d[i] * codes.value(at));
            }
        }
        if (level == levels.count() - 1) {
            error_bd[example] = error_d;
            squaredError += squares;
        }
    }

    /** From the gradient of a code to the gradients of its penalty and of its pre-activation. */
    private void addThroughActivation(int example, int at, double valueGradient) {
        int latent = codes.latent(at);
        float z = codes.value(at);
        switch (architecture) {
            case Architecture.Relu relu ->
                addThroughEncoder(example, latent, valueGradient + addNormPenalty(relu.l1(), latent, z), true);
            case JumpRelu jump -> addJump(jump, example, latent, z, valueGradient);
            case Architecture.Gated gated -> {
                addMagnitude(example, latent, z, valueGradient);
                float gate = pre_bs[example][latent];
                addThroughEncoder(example, latent, addNormPenalty(gated.l1(), latent, gate), true);
            }
            case Architecture.TopK topK -> addThroughEncoder(example, latent, valueGradient, true);
            case Architecture.BatchTopK batchTopK -> addThroughEncoder(example, latent, valueGradient, true);
            case Architecture.Matryoshka nested -> addThroughEncoder(example, latent, valueGradient, true);
            case Architecture.NestedTopK nested -> addThroughEncoder(example, latent, valueGradient, true);
        }
    }

    /** Adds {@code coefficient value |w_dec|}; returns its gradient with respect to the value. */
    private double addNormPenalty(float coefficient, int latent, float value) {
        double norm = norm(latent);
        objective += unit * coefficient * value * norm;
        addNormGradient(latent, unit * coefficient * value);
        return unit * coefficient * norm;
    }

    private void addJump(JumpRelu jump, int example, int latent, float z, double reconstruction) {
        float threshold = threshold(latent);
        float pre = pre_bs[example][latent];
        boolean near = Math.abs(pre - threshold) < jump.bandwidth() / 2;
        double valueGradient = reconstruction;
        double ofStep = 0;
        switch (jump.penalty()) {
            case Penalty.L0 l0 -> {
                objective += pre > threshold ? unit * l0.coefficient() : 0;
                ofStep = unit * l0.coefficient();
            }
            case Penalty.Tanh tanh -> {
                double norm = norm(latent);
                double value = StrictMath.tanh(tanh.scale() * z * norm);
                double slope = unit * tanh.coefficient() * tanh.scale() * (1 - value * value);
                objective += unit * tanh.coefficient() * value;
                valueGradient += slope * norm;
                addNormGradient(latent, slope * z);
            }
        }
        if (near) { // eq. 11 and 12, times theta: the derivative with respect to log theta
            total.perLatent_s(Parameters.LOG_THRESHOLD)[latent] +=
                    (float) (-threshold / jump.bandwidth() * (threshold * valueGradient + ofStep));
        }
        if (z > 0) {
            addThroughEncoder(example, latent, valueGradient, true);
        }
    }

    /** The main reconstruction reaches a Gated SAE's weights through the magnitude alone. */
    private void addMagnitude(int example, int latent, float z, double valueGradient) {
        if (z > 0) {
            double factor = StrictMath.exp(weights.perLatent_s(Parameters.R_MAG)[latent]);
            double product = (double) pre_bs[example][latent] - weights.bEnc_s()[latent];
            total.perLatent_s(Parameters.B_MAG)[latent] += (float) valueGradient;
            total.perLatent_s(Parameters.R_MAG)[latent] += (float) (valueGradient * factor * product);
            addThroughEncoder(example, latent, valueGradient * factor, false);
        }
    }

    /** Adds {@code |ReLU(gate) w_dec + b_dec - x|²}, in which only the gate is no constant. */
    private void addGateReconstruction(int example) {
        double[] error_d = new double[width];
        for (int i = 0; i < width; i++) {
            error_d[i] = -centred(example, i);
            for (int at = codes.start(example); at < codes.end(example); at++) {
                error_d[i] += (double) pre_bs[example][codes.latent(at)] * wDec(codes.latent(at), i);
            }
            objective += unit * error_d[i] * error_d[i];
        }
        for (int at = codes.start(example); at < codes.end(example); at++) {
            double gateGradient = 0;
            for (int i = 0; i < width; i++) {
                gateGradient += 2 * unit * error_d[i] * wDec(codes.latent(at), i);
            }
            addThroughEncoder(example, codes.latent(at), gateGradient, true);
        }
    }

    /** Adds AuxK's gradient; returns its loss without the coefficient. */
    private double addAuxK() {
        AuxK auxK = architecture.auxK();
        double variance = residualVariance();
        if (auxK == null || variance == 0 || silence.latentsSilentFor(auxK.deadAfterExamples()) == 0) {
            return 0;
        }
        Codes auxCodes = new Codes(n, Math.min(auxK.kAux(), latents));
        double squares = 0;
        double scale = 2.0 * auxK.coefficient() / variance;
        for (int example = 0; example < n; example++) {
            ReferenceEncoding.keepStrongest(
                    pre_bs[example], auxCodes.k(), latent -> silence.dead(latent, auxK), auxCodes, example);
            float[] difference_d = encoding.weightedRows(auxCodes, example);
            for (int i = 0; i < width; i++) {
                difference_d[i] += error_bd[example][i]; // ê - (x - x̂)
                squares += (double) difference_d[i] * difference_d[i];
            }
            for (int at = auxCodes.start(example); at < auxCodes.end(example); at++) {
                int row = auxCodes.latent(at) * width;
                double valueGradient = 0;
                for (int i = 0; i < width; i++) {
                    valueGradient += scale * difference_d[i] * weights.wDec_sd()[row + i];
                    total.wDec_sd()[row + i] += (float) (scale * difference_d[i] * auxCodes.value(at));
                }
                addThroughEncoder(example, auxCodes.latent(at), valueGradient, true);
            }
        }
        return squares / variance;
    }

    /** Adds what a pre-activation's gradient does to the encoder and to the bias subtracted before it. */
    private void addThroughEncoder(int example, int latent, double preGradient, boolean throughBias) {
        int row = latent * width;
        for (int i = 0; i < width; i++) {
            total.wEnc_sd()[row + i] += (float) (preGradient * centred(example, i));
            bDecTotal_d[i] -= preGradient * weights.wEnc_sd()[row + i];
        }
        if (throughBias) {
            total.bEnc_s()[latent] += (float) preGradient;
        }
    }

    /** The gradient of {@code factor |w_dec|}; a unit norm is a constant. */
    private void addNormGradient(int latent, double factor) {
        if (!unitNorm) {
            double norm = norm(latent);
            for (int i = 0; i < width; i++) {
                total.wDec_sd()[latent * width + i] += (float) (factor * wDec(latent, i) / norm);
            }
        }
    }

    private double norm(int latent) {
        if (unitNorm) {
            return 1;
        }
        double square = 0;
        for (int i = 0; i < width; i++) {
            square += (double) wDec(latent, i) * wDec(latent, i);
        }
        return Math.sqrt(square);
    }

    private double residualVariance() {
        double[] sum_d = new double[width];
        double squares = 0;
        for (float[] error_d : error_bd) {
            for (int i = 0; i < width; i++) {
                sum_d[i] += error_d[i];
                squares += (double) error_d[i] * error_d[i];
            }
        }
        double ofMean = Arrays.stream(sum_d).map(sum -> sum * sum).sum();
        return AuxK.residualVariance(squares, ofMean / n);
    }

    private float threshold(int latent) {
        return (float) StrictMath.exp(weights.perLatent_s(Parameters.LOG_THRESHOLD)[latent]);
    }

    private float wDec(int latent, int i) {
        return weights.wDec_sd()[latent * width + i];
    }

    private float[] input(int example) {
        return Arrays.copyOfRange(x_bd, example * width, (example + 1) * width);
    }

    private float centred(int example, int i) {
        return x_bd[example * width + i] - weights.bDec_d()[i];
    }
}

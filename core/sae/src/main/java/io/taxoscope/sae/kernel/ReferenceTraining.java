package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;
import java.util.Arrays;

/** One optimiser step after the other, with every gradient written out. */
final class ReferenceTraining implements TrainingSession {
    private final StepSettings settings;
    private final Parameters weights;
    private final Parameters first;
    private final Parameters second;
    private final Silence silence;
    private final float inputScale;
    private final ReferenceEncoding encoding;
    private final Codes codes;
    private final Codes auxCodes;
    private final int width;
    private final int latents;
    private int step;

    ReferenceTraining(TrainingState state, StepSettings settings, int maxBatch) {
        this.settings = settings;
        this.weights = state.weights().copy();
        this.first = state.firstMoments().copy();
        this.second = state.secondMoments().copy();
        this.silence = new Silence(state.silentFor_s().clone());
        this.inputScale = state.inputScale();
        this.step = state.step();
        this.width = weights.shape().width();
        this.latents = weights.shape().latents();
        this.encoding = new ReferenceEncoding(weights, settings.k());
        this.codes = new Codes(maxBatch, settings.k());
        AuxK auxK = settings.auxK();
        this.auxCodes = new Codes(maxBatch, auxK == null ? 1 : Math.min(auxK.kAux(), latents));
    }

    @Override
    public StepOutcome step(float[] x_bd, int n, float learningRate) {
        Gradient gradient = new Gradient(x_bd, n);
        double squaredError = gradient.addReconstruction();
        double auxLoss = gradient.addAuxK();
        silence.observe(codes, n);
        step++;
        update(gradient.total, Adam.of(learningRate, step));
        return new StepOutcome(squaredError / ((double) n * width), auxLoss, codes.total(n) / (double) n);
    }

    @Override
    public int latentsSilentFor(long examples) {
        return silence.latentsSilentFor(examples);
    }

    @Override
    public TrainingState snapshot() {
        return new TrainingState(weights.copy(), first.copy(), second.copy(), silence.copy(), inputScale, step);
    }

    @Override
    public void close() {}

    private void update(Parameters gradient, Adam adam) {
        if (settings.unitNormDecoder()) {
            projectOutParallelPart(gradient.wDec_sd());
        }
        update(weights.wEnc_sd(), first.wEnc_sd(), second.wEnc_sd(), gradient.wEnc_sd(), adam);
        update(weights.wDec_sd(), first.wDec_sd(), second.wDec_sd(), gradient.wDec_sd(), adam);
        update(weights.bEnc_s(), first.bEnc_s(), second.bEnc_s(), gradient.bEnc_s(), adam);
        update(weights.bDec_d(), first.bDec_d(), second.bDec_d(), gradient.bDec_d(), adam);
        if (settings.unitNormDecoder()) {
            renormalise(weights.wDec_sd());
        }
    }

    private static void update(float[] weight, float[] first, float[] second, float[] gradient, Adam adam) {
        for (int at = 0; at < weight.length; at++) {
            adam.update(weight, first, second, at, gradient[at]);
        }
    }

    private void projectOutParallelPart(float[] gradient_sd) {
        float[] w_sd = weights.wDec_sd();
        for (int row = 0; row < gradient_sd.length; row += width) {
            double along = 0;
            for (int i = row; i < row + width; i++) {
                along += (double) gradient_sd[i] * w_sd[i];
            }
            for (int i = row; i < row + width; i++) {
                gradient_sd[i] -= (float) (along * w_sd[i]);
            }
        }
    }

    private void renormalise(float[] w_sd) {
        for (int row = 0; row < w_sd.length; row += width) {
            double square = 0;
            for (int i = row; i < row + width; i++) {
                square += (double) w_sd[i] * w_sd[i];
            }
            double norm = Math.sqrt(square);
            for (int i = row; i < row + width; i++) {
                w_sd[i] = (float) (w_sd[i] / norm);
            }
        }
    }

    /** The gradient of one batch's loss, collected term by term. */
    private final class Gradient {
        private final float[] x_bd;
        private final int n;
        private final float[][] pre_bs;
        private final float[][] error_bd;
        private final Parameters total = Parameters.zeros(weights.shape());

        Gradient(float[] x_bd, int n) {
            this.x_bd = x_bd;
            this.n = n;
            this.pre_bs = new float[n][];
            this.error_bd = new float[n][];
        }

        /** Adds the gradient of {@code mean((x̂ - x)²)}; returns the sum of squares. */
        double addReconstruction() {
            double squaredError = 0;
            float scale = (float) (2.0 / ((double) n * width));
            for (int example = 0; example < n; example++) {
                pre_bs[example] = encoding.preActivations(input(example));
                ReferenceEncoding.keepStrongest(pre_bs[example], settings.k(), latent -> true, codes, example);
                error_bd[example] = encoding.weightedRows(codes, example);
                for (int i = 0; i < width; i++) {
                    error_bd[example][i] -= centred(example, i);
                    squaredError += (double) error_bd[example][i] * error_bd[example][i];
                    total.bDec_d()[i] += scale * error_bd[example][i];
                }
                addThroughCodes(codes, example, error_bd[example], scale);
            }
            return squaredError;
        }

        /** Adds AuxK's gradient; returns its loss without the coefficient. */
        double addAuxK() {
            AuxK auxK = settings.auxK();
            double variance = residualVariance();
            if (auxK == null || variance == 0 || silence.latentsSilentFor(auxK.deadAfterExamples()) == 0) {
                return 0;
            }
            double squaredError = 0;
            float scale = (float) (2.0 * auxK.coefficient() / variance);
            for (int example = 0; example < n; example++) {
                ReferenceEncoding.keepStrongest(
                        pre_bs[example], auxCodes.k(), latent -> silence.dead(latent, auxK), auxCodes, example);
                float[] difference_d = encoding.weightedRows(auxCodes, example);
                for (int i = 0; i < width; i++) {
                    difference_d[i] += error_bd[example][i]; // ê - (x - x̂)
                    squaredError += (double) difference_d[i] * difference_d[i];
                }
                addThroughCodes(auxCodes, example, difference_d, scale);
            }
            return squaredError / variance;
        }

        /** Adds what an output error does to the decoder's rows and, through the active codes, to the encoder. */
        private void addThroughCodes(Codes codes, int example, float[] error_d, float scale) {
            int start = example * codes.k();
            for (int at = start; at < start + codes.active(example); at++) {
                int row = codes.latent(at) * width;
                double valueGradient = 0;
                for (int i = 0; i < width; i++) {
                    valueGradient += (double) scale * error_d[i] * weights.wDec_sd()[row + i];
                }
                for (int i = 0; i < width; i++) {
                    total.wDec_sd()[row + i] += scale * error_d[i] * codes.value(at);
                    total.wEnc_sd()[row + i] += (float) (valueGradient * centred(example, i));
                    total.bDec_d()[i] -= (float) (valueGradient * weights.wEnc_sd()[row + i]);
                }
                total.bEnc_s()[codes.latent(at)] += (float) valueGradient;
            }
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

        private float[] input(int example) {
            return Arrays.copyOfRange(x_bd, example * width, (example + 1) * width);
        }

        private float centred(int example, int i) {
            return x_bd[example * width + i] - weights.bDec_d()[i];
        }
    }
}

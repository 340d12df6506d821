package io.taxoscope.sae.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.sae.kernel.Kernel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Applies a {@link Resampling} to a training's state. The draws depend on the seed and the step alone. */
final class Resampler {
    private final Resampling resampling;
    private final Architecture architecture;
    private final Kernel kernel;
    private final long seed;

    Resampler(Resampling resampling, Architecture architecture, Kernel kernel, long seed) {
        this.resampling = resampling;
        this.architecture = architecture;
        this.kernel = kernel;
        this.seed = seed;
    }

    /** The state to go on from, and the same one when nobody is silent. */
    TrainingState apply(TrainingState state, ActivationSource source) {
        int[] silent = IntStream.range(0, state.silentFor_s().length)
                .filter(latent -> state.silentFor_s()[latent] >= resampling.silentFor())
                .toArray();
        if (silent.length == 0) {
            return state;
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ state.step());
        int n = Math.min(resampling.sample(), source.nExamples());
        int[] rows = random.ints(n, 0, source.nExamples()).toArray();
        float[] x_bd = new float[n * source.width()];
        source.gather(rows, n, x_bd);
        double[] cumulated_b = cumulated(lossSquares(state, x_bd, n));
        double encoderNorm = resampling.encoderScale() * meanEncoderNorm(state, silent);
        for (int latent : silent) {
            int drawn = draw(cumulated_b, random);
            replace(state, latent, x_bd, drawn, encoderNorm);
        }
        return state;
    }

    /** {@code |x̂_b - x_b|⁴}, of the weights as they would be exported. */
    private double[] lossSquares(TrainingState state, float[] x_bd, int n) {
        float[] xhat_bd = new float[x_bd.length];
        Codes codes = Codes.ragged(n);
        try (EncodingSession session = kernel.encode(state.exportedWeights(), architecture.activation(), n)) {
            session.encode(x_bd, n, codes);
            session.decode(codes, n, xhat_bd);
        }
        int width = x_bd.length / n;
        double[] squares_b = new double[n];
        for (int b = 0; b < n; b++) {
            double loss = 0;
            for (int i = b * width; i < (b + 1) * width; i++) {
                loss += ((double) xhat_bd[i] - x_bd[i]) * (xhat_bd[i] - x_bd[i]);
            }
            squares_b[b] = loss * loss;
        }
        return squares_b;
    }

    private static double[] cumulated(double[] weight_b) {
        double sum = 0;
        for (int b = 0; b < weight_b.length; b++) {
            sum += weight_b[b];
            weight_b[b] = sum;
        }
        return weight_b;
    }

    private static int draw(double[] cumulated_b, SplittableRandom random) {
        double at = random.nextDouble() * cumulated_b[cumulated_b.length - 1];
        int b = 0;
        while (b < cumulated_b.length - 1 && cumulated_b[b] <= at) {
            b++;
        }
        return b;
    }

    /** Over the latents that are not silent; 1 when there is none. */
    private static double meanEncoderNorm(TrainingState state, int[] silent) {
        Parameters weights = state.weights();
        int width = weights.shape().width();
        boolean[] isSilent = new boolean[weights.shape().latents()];
        for (int latent : silent) {
            isSilent[latent] = true;
        }
        double sum = 0;
        for (int latent = 0; latent < isSilent.length; latent++) {
            sum += isSilent[latent] ? 0 : UnitRows.norm(weights.wEnc_sd(), latent * width, width);
        }
        int others = isSilent.length - silent.length;
        return others == 0 ? 1 : sum / others;
    }

    private static void replace(TrainingState state, int latent, float[] x_bd, int drawn, double encoderNorm) {
        Parameters weights = state.weights();
        int width = weights.shape().width();
        int row = latent * width;
        float[] direction_d = new float[width];
        for (int i = 0; i < width; i++) {
            direction_d[i] = x_bd[drawn * width + i] * state.inputScale() - weights.bDec_d()[i];
        }
        double norm = UnitRows.norm(direction_d, 0, width);
        for (int i = 0; i < width && norm > 0; i++) {
            weights.wDec_sd()[row + i] = (float) (direction_d[i] / norm);
            weights.wEnc_sd()[row + i] = (float) (encoderNorm * direction_d[i] / norm);
        }
        weights.bEnc_s()[latent] = 0;
        for (Parameters moments : new Parameters[] {state.firstMoments(), state.secondMoments()}) {
            Arrays.fill(moments.wDec_sd(), row, row + width, 0);
            Arrays.fill(moments.wEnc_sd(), row, row + width, 0);
            moments.bEnc_s()[latent] = 0;
        }
        state.silentFor_s()[latent] = 0;
    }
}

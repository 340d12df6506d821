package io.taxoscope.saeservice.training;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.linearalgebra.CovarianceSum;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.linearalgebra.SymmetricEigen;
import io.taxoscope.linearalgebra.VarianceSum;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.Shape;
import java.util.function.IntConsumer;

/**
 * An SAE that is not learned but follows from the activations' moments. Its 2d latents are d coordinates of unit variance
 * and their negatives: {@code z_i = u_i·(x - mean) / sd_i} and {@code z_(d+i) = -z_i}, decoded by {@code ± sd_i u_i}, so
 * that all latents together give the activation back. A coordinate that does not vary is a latent that never fires.
 */
final class DictionaryOfActivations {
    private static final int ROWS = 1024;
    /** Variance below this share of the mean square is rounding of float32 inputs (2^-24 each, with room). */
    private static final double ROUNDING = 0x1p-46;

    private final ActivationSource source;
    private final IntConsumer progress;

    /** @param progress told the examples that are read; may throw to stop */
    DictionaryOfActivations(ActivationSource source, IntConsumer progress) {
        this.source = source;
        this.progress = progress;
    }

    /** Coordinates along the axes. */
    Parameters neurons() {
        int d = source.width();
        var moments = new VarianceSum(d);
        forEachBlock(moments::add);
        double[] axes_dd = new double[Math.multiplyExact(d, d)];
        double[] noise_d = new double[d];
        double[] mean_d = moments.mean_d();
        double[] variance_d = moments.variance_d();
        for (int i = 0; i < d; i++) {
            axes_dd[i * d + i] = 1;
            noise_d[i] = ROUNDING * (variance_d[i] + mean_d[i] * mean_d[i]);
        }
        return parameters(axes_dd, mean_d, variance_d, noise_d);
    }

    /** Coordinates along the eigenvectors of the covariance, greatest eigenvalue first. */
    Parameters principalDirections(LinearAlgebra algebra) {
        int d = source.width();
        var moments = new CovarianceSum(algebra, d);
        forEachBlock(moments::add);
        SymmetricEigen eigen = algebra.eigen(moments.covariance_dd(), d);
        double[] mean_d = moments.mean_d();
        double noise = eigen.values_d()[0];
        for (double mean : mean_d) {
            noise += mean * mean;
        }
        double[] noise_d = new double[d];
        java.util.Arrays.fill(noise_d, d * ROUNDING * noise);
        return parameters(eigen.vectors_dd(), mean_d, eigen.values_d(), noise_d);
    }

    private static Parameters parameters(double[] axes_dd, double[] mean_d, double[] variance_d, double[] noise_d) {
        int d = mean_d.length;
        Parameters weights = Parameters.zeros(new Shape(d, 2 * d));
        boolean isConstant = true;
        for (int i = 0; i < d; i++) {
            weights.bDec_d()[i] = (float) mean_d[i];
            if (variance_d[i] <= noise_d[i]) {
                continue;
            }
            isConstant = false;
            double sd = Math.sqrt(variance_d[i]);
            for (int j = 0; j < d; j++) {
                float encoded = (float) (axes_dd[i * d + j] / sd);
                float decoded = (float) (axes_dd[i * d + j] * sd);
                weights.wEnc_sd()[i * d + j] = encoded;
                weights.wEnc_sd()[(d + i) * d + j] = -encoded;
                weights.wDec_sd()[i * d + j] = decoded;
                weights.wDec_sd()[(d + i) * d + j] = -decoded;
            }
        }
        if (isConstant) {
            throw new TaxoscopeException(
                    SaeError.ACTIVATIONS_CONSTANT,
                    "all examples have the same activation, so that it has no coordinates; choose a later layer or"
                            + " another token");
        }
        return weights;
    }

    /** Takes rows of activations. */
    @FunctionalInterface
    private interface Block {
        void add(float[] x_bd, int rows);
    }

    private void forEachBlock(Block block) {
        float[] x_bd = new float[ROWS * source.width()];
        for (int first = 0; first < source.nExamples(); first += ROWS) {
            int rows = Math.min(ROWS, source.nExamples() - first);
            source.rows(first, rows, x_bd);
            requireFinite(x_bd, first, rows);
            block.add(x_bd, rows);
            progress.accept(first + rows);
        }
    }

    private void requireFinite(float[] x_bd, int first, int rows) {
        for (int at = 0; at < rows * source.width(); at++) {
            if (!Float.isFinite(x_bd[at])) {
                throw new TaxoscopeException(
                        SaeError.ACTIVATIONS_NOT_FINITE,
                        "example %d has an activation that is NaN or infinite; leave the image out or look for the fault in the model"
                                .formatted(first + at / source.width()));
            }
        }
    }
}

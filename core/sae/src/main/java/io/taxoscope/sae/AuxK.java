package io.taxoscope.sae;

/**
 * The auxiliary loss that revives dead latents (Gao et al. 2024, arXiv 2406.04093, appendix A.2). With the residual
 * {@code e = x - x̂} held constant, the {@code kAux} strongest dead latents of an example reconstruct it,
 * {@code ê = TopK_aux(ReLU(w_enc (x - b_dec) + b_enc)) w_dec}, and
 *
 * <pre>loss = mse + coefficient * sum_b |e_b - ê_b|² / normaliser</pre>
 *
 * The term is 0 when its normaliser is 0 or when no latent is dead.
 *
 * @param deadAfterExamples a latent is dead when it was silent over the last this many examples
 * @param withBias adds {@code b_dec} to ê, as some tools do; the bias then has a gradient from this term too
 */
public record AuxK(float coefficient, int kAux, long deadAfterExamples, boolean withBias, Normaliser normaliser) {
    private static final double ROUNDING = 1e-6;

    /** What the squared error is divided by. */
    public enum Normaliser {
        /** {@code sum_b |e_b - mean_b(e)|²}, the residual's variance over the batch, held constant. */
        RESIDUAL_VARIANCE,
        /** The number of elements, as in the reconstruction error. */
        ELEMENTS
    }

    /** Without a bias, over the residual's variance. */
    public AuxK(float coefficient, int kAux, long deadAfterExamples) {
        this(coefficient, kAux, deadAfterExamples, false, Normaliser.RESIDUAL_VARIANCE);
    }

    public AuxK {
        if (!(coefficient > 0) || kAux < 1 || deadAfterExamples < 1) {
            throw new IllegalArgumentException("AuxK's numbers must be positive: coefficient " + coefficient + ", kAux "
                    + kAux + ", deadAfterExamples " + deadAfterExamples);
        }
    }

    /** The normaliser of a batch with so many elements and so much residual variance. */
    public double normaliser(double residualVariance, double elements) {
        return normaliser == Normaliser.ELEMENTS ? elements : residualVariance;
    }

    /**
     * {@code sum_b |e_b - mean(e)|²} from {@code sum_b |e_b|²} and {@code n |mean(e)|²}; 0 when what is left of the
     * difference is rounding.
     */
    public static double residualVariance(double squares, double squaresOfMean) {
        double variance = squares - squaresOfMean;
        return variance > ROUNDING * squares ? variance : 0;
    }
}

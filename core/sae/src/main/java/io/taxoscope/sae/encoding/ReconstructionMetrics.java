package io.taxoscope.sae.encoding;

import io.taxoscope.sae.kernel.Codes;

/** Collects a {@link ReconstructionReport} batch by batch; every sum is kept in float64 over the whole set. */
public final class ReconstructionMetrics {
    private final int width;
    private final long[] active_s;
    private final double[] inputSum_d;
    private final double[] errorSum_d;
    private long nExamples;
    private long nonZeroInputs;
    private long active;
    private double inputSquares;
    private double outputSquares;
    private double errorSquares;
    private double products;
    private double relativeErrors;
    private double cosines;
    private double normRatios;

    public ReconstructionMetrics(int width, int latents) {
        this.width = width;
        this.active_s = new long[latents];
        this.inputSum_d = new double[width];
        this.errorSum_d = new double[width];
    }

    /** Adds the first {@code n} examples with their codes and reconstructions. */
    public void add(float[] x_bd, float[] xhat_bd, Codes codes, int n) {
        for (int example = 0; example < n; example++) {
            addReconstruction(x_bd, xhat_bd, example * width);
            for (int at = codes.start(example); at < codes.end(example); at++) {
                active_s[codes.latent(at)]++;
            }
            active += codes.active(example);
        }
        nExamples += n;
    }

    /** Adds what {@code other} has collected over other examples. */
    public void merge(ReconstructionMetrics other) {
        if (width != other.width || active_s.length != other.active_s.length) {
            throw new IllegalArgumentException("only metrics of one shape can be merged");
        }
        for (int i = 0; i < width; i++) {
            inputSum_d[i] += other.inputSum_d[i];
            errorSum_d[i] += other.errorSum_d[i];
        }
        for (int latent = 0; latent < active_s.length; latent++) {
            active_s[latent] += other.active_s[latent];
        }
        nExamples += other.nExamples;
        nonZeroInputs += other.nonZeroInputs;
        active += other.active;
        inputSquares += other.inputSquares;
        outputSquares += other.outputSquares;
        errorSquares += other.errorSquares;
        products += other.products;
        relativeErrors += other.relativeErrors;
        cosines += other.cosines;
        normRatios += other.normRatios;
    }

    /** Examples that activate each latent. */
    public long[] active_s() {
        return active_s.clone();
    }

    /**
     * The numbers over everything added. Examples whose input is the zero vector have no cosine, norm ratio or relative
     * error, and the means of these leave them out; a reconstruction that is zero has cosine 0.
     */
    public ReconstructionReport report() {
        double variance = inputSquares - squareOfSum(inputSum_d) / nExamples;
        double errorVariance = errorSquares - squareOfSum(errorSum_d) / nExamples;
        return new ReconstructionReport(
                nExamples,
                errorSquares / variance,
                relativeErrors / nonZeroInputs,
                1 - errorVariance / variance,
                cosines / nonZeroInputs,
                normRatios / nonZeroInputs,
                outputSquares / products,
                active / (double) nExamples,
                share(0, 0),
                share(nExamples / 10 + 1, nExamples),
                share(1, (nExamples - 1) / 10_000),
                Histogram.ofLog10Density(active_s, nExamples));
    }

    private void addReconstruction(float[] x_bd, float[] xhat_bd, int at) {
        double xx = 0;
        double yy = 0;
        double xy = 0;
        double ee = 0;
        for (int i = 0; i < width; i++) {
            double x = x_bd[at + i];
            double y = xhat_bd[at + i];
            xx += x * x;
            yy += y * y;
            xy += x * y;
            ee += (x - y) * (x - y);
            inputSum_d[i] += x;
            errorSum_d[i] += x - y;
        }
        inputSquares += xx;
        outputSquares += yy;
        products += xy;
        errorSquares += ee;
        if (xx > 0) {
            nonZeroInputs++;
            relativeErrors += ee / xx;
            normRatios += Math.sqrt(yy / xx);
            cosines += yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
        }
    }

    private double share(long least, long most) {
        int latents = 0;
        for (long count : active_s) {
            latents += count >= least && count <= most ? 1 : 0;
        }
        return latents / (double) active_s.length;
    }

    private static double squareOfSum(double[] sum_d) {
        double square = 0;
        for (double sum : sum_d) {
            square += sum * sum;
        }
        return square;
    }
}

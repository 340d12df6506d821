package io.taxoscope.sae.encoding;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.kernel.Codes;
import java.util.Arrays;

/**
 * Collects a {@link PeerReport} batch by batch, in float64. It needs the mean of the set beforehand, because some
 * definitions divide example by example by the distance from it.
 */
public final class PeerMetrics {
    private static final int ROWS = 1024;

    private final double[] mean_d;
    private final int latents;
    private final double[] errorSum_d;
    private final Mean legacy = new Mean();
    private final Mean msae = new Mean();
    private final Mean openAi = new Mean();
    private final Mean hoyer = new Mean();
    private long nExamples;
    private long active;
    private final double[] inputSquares_d;
    private final double[] outputSquares_d;
    private final double[] products_d;
    private double inputSum;
    private double inputSquares;
    private double centredSquares;
    private double errorSquares;

    /** @param mean_d mean over all examples that will be added, as {@link #meanOf} gives it */
    public PeerMetrics(double[] mean_d, int latents) {
        this.mean_d = mean_d.clone();
        this.latents = latents;
        this.errorSum_d = new double[mean_d.length];
        this.inputSquares_d = new double[mean_d.length];
        this.outputSquares_d = new double[mean_d.length];
        this.products_d = new double[mean_d.length];
    }

    public static double[] meanOf(ActivationSource source) {
        double[] mean_d = new double[source.width()];
        float[] x_bd = new float[ROWS * source.width()];
        for (int first = 0; first < source.nExamples(); first += ROWS) {
            int n = Math.min(ROWS, source.nExamples() - first);
            source.rows(first, n, x_bd);
            for (int at = 0; at < n * mean_d.length; at++) {
                mean_d[at % mean_d.length] += x_bd[at] / (double) source.nExamples();
            }
        }
        return mean_d;
    }

    /** Adds the first {@code n} examples with their codes and reconstructions. */
    public void add(float[] x_bd, float[] xhat_bd, Codes codes, int n) {
        for (int example = 0; example < n; example++) {
            addReconstruction(x_bd, xhat_bd, example * mean_d.length);
            addCode(codes, example);
        }
        nExamples += n;
    }

    /** Adds what {@code other} has collected over other examples of the same set. */
    public void merge(PeerMetrics other) {
        if (!Arrays.equals(mean_d, other.mean_d) || latents != other.latents) {
            throw new IllegalArgumentException("only parts of one set can be merged");
        }
        for (int i = 0; i < mean_d.length; i++) {
            errorSum_d[i] += other.errorSum_d[i];
            inputSquares_d[i] += other.inputSquares_d[i];
            outputSquares_d[i] += other.outputSquares_d[i];
            products_d[i] += other.products_d[i];
        }
        legacy.merge(other.legacy);
        msae.merge(other.msae);
        openAi.merge(other.openAi);
        hoyer.merge(other.hoyer);
        nExamples += other.nExamples;
        active += other.active;
        inputSum += other.inputSum;
        inputSquares += other.inputSquares;
        centredSquares += other.centredSquares;
        errorSquares += other.errorSquares;
    }

    public PeerReport report() {
        double elements = (double) nExamples * mean_d.length;
        double meanOfSquares = inputSquares / elements;
        double errorOfMean = 0;
        for (double sum : errorSum_d) {
            errorOfMean += sum * sum / nExamples;
        }
        return new PeerReport(
                errorSquares / centredSquares,
                legacy.value(),
                1 - errorSquares / nExamples / (inputSquares / nExamples - meanOfSquares * meanOfSquares),
                1 - errorSquares / (inputSquares - inputSum * inputSum / elements),
                1 - (errorSquares - errorOfMean) / centredSquares,
                msae.value(),
                openAi.value(),
                errorSquares / inputSquares,
                errorSquares / elements,
                cosineOfElements(),
                1 - active / ((double) nExamples * latents),
                hoyer.value());
    }

    private double cosineOfElements() {
        Mean cosine = new Mean();
        for (int i = 0; i < mean_d.length; i++) {
            double norms = Math.sqrt(inputSquares_d[i] * outputSquares_d[i]);
            cosine.addIf(norms > 0, products_d[i] / norms);
        }
        return cosine.value();
    }

    private void addReconstruction(float[] x_bd, float[] xhat_bd, int at) {
        int width = mean_d.length;
        double sum = 0;
        double squares = 0;
        double centred = 0;
        double errorSum = 0;
        double errors = 0;
        for (int i = 0; i < width; i++) {
            double x = x_bd[at + i];
            double y = xhat_bd[at + i];
            double e = x - y;
            sum += x;
            squares += x * x;
            centred += (x - mean_d[i]) * (x - mean_d[i]);
            errorSum += e;
            errors += e * e;
            errorSum_d[i] += e;
            inputSquares_d[i] += x * x;
            outputSquares_d[i] += y * y;
            products_d[i] += x * y;
        }
        inputSum += sum;
        inputSquares += squares;
        centredSquares += centred;
        errorSquares += errors;
        legacy.addIf(centred > 0, 1 - errors / centred);
        openAi.addIf(squares > 0, errors / squares);
        double variance = squares - sum * sum / width;
        msae.addIf(variance > 1e-12 * squares, (errors - errorSum * errorSum / width) / variance);
    }

    private void addCode(Codes codes, int example) {
        double sum = 0;
        double squares = 0;
        for (int at = codes.start(example); at < codes.end(example); at++) {
            sum += codes.value(at);
            squares += (double) codes.value(at) * codes.value(at);
        }
        active += codes.active(example);
        double root = Math.sqrt(latents);
        hoyer.addIf(squares > 0, (root - sum / Math.sqrt(squares)) / (root - 1));
    }

    /** A mean over the examples that have the number at all. */
    private static final class Mean {
        private double sum;
        private long count;

        void addIf(boolean defined, double value) {
            if (defined) {
                sum += value;
                count++;
            }
        }

        void merge(Mean other) {
            sum += other.sum;
            count += other.count;
        }

        double value() {
            return sum / count;
        }
    }
}

package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.sae.kernel.Kernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Encodes rows with a kernel and compares with what another implementation made of the same rows. */
public final class ParityCheck {
    private static final int BATCH = 256;

    private final Parameters weights;
    private final Activation activation;
    private final Kernel kernel;
    private final int width;
    private final int latents;
    private double codeDifference;
    private double reconstructionDifference;
    private boolean hasReconstructions;
    private double largestCode;
    private int otherRows;
    private long otherLatents;
    private long active;
    private long referenceActive;

    private ParityCheck(ForeignSae sae, Kernel kernel) {
        this.weights = sae.weights();
        this.activation = sae.activation();
        this.kernel = kernel;
        this.width = weights.shape().width();
        this.latents = weights.shape().latents();
    }

    /** What another implementation made of the rows. */
    public interface Reference {
        /** The dense code of a row. */
        double[] code(int row);

        /** The reconstruction of a row; null when there is none. */
        double @Nullable [] reconstruction(int row);
    }

    /** Beside the formula of the SAE's own format, on the numbers of its files and in double precision. */
    public static Parity withFormula(ForeignSae sae, Kernel kernel, float[] x_bd, int n) {
        StoredFormula formula = new StoredFormula(sae.stored());
        int width = sae.weights().shape().width();
        return compare(sae, kernel, x_bd, n, new Reference() {
            @Override
            public double[] code(int row) {
                double[] x_d = new double[width];
                Arrays.setAll(x_d, i -> x_bd[row * width + i]);
                return formula.encode(x_d);
            }

            @Override
            public double[] reconstruction(int row) {
                return formula.decode(code(row));
            }
        });
    }

    /** @param x_bd n rows */
    public static Parity compare(ForeignSae sae, Kernel kernel, float[] x_bd, int n, Reference reference) {
        return new ParityCheck(sae, kernel).run(x_bd, n, reference);
    }

    private Parity run(float[] x_bd, int n, Reference reference) {
        float[] batch_bd = new float[BATCH * width];
        float[] xhat_bd = new float[BATCH * width];
        Codes codes = Codes.of(activation, BATCH);
        try (EncodingSession session = kernel.encode(weights, activation, BATCH)) {
            for (int first = 0; first < n; first += BATCH) {
                int rows = Math.min(BATCH, n - first);
                System.arraycopy(x_bd, first * width, batch_bd, 0, rows * width);
                session.encode(batch_bd, rows, codes);
                session.decode(codes, rows, xhat_bd);
                for (int row = 0; row < rows; row++) {
                    compareCodes(codes, row, reference.code(first + row));
                    compareReconstructions(xhat_bd, row, reference.reconstruction(first + row));
                }
            }
        }
        return new Parity(
                n,
                codeDifference,
                hasReconstructions ? reconstructionDifference : null,
                largestCode,
                otherRows,
                otherLatents,
                (double) active / n,
                (double) referenceActive / n);
    }

    private void compareCodes(Codes codes, int row, double[] theirs_s) {
        double[] ours_s = new double[latents];
        for (int at = codes.start(row); at < codes.end(row); at++) {
            ours_s[codes.latent(at)] = codes.value(at);
        }
        long differing = 0;
        for (int latent = 0; latent < latents; latent++) {
            codeDifference = Math.max(codeDifference, Math.abs(ours_s[latent] - theirs_s[latent]));
            largestCode = Math.max(largestCode, theirs_s[latent]);
            active += ours_s[latent] != 0 ? 1 : 0;
            referenceActive += theirs_s[latent] != 0 ? 1 : 0;
            differing += (ours_s[latent] != 0) == (theirs_s[latent] != 0) ? 0 : 1;
        }
        otherLatents += differing;
        otherRows += differing > 0 ? 1 : 0;
    }

    private void compareReconstructions(float[] xhat_bd, int row, double @Nullable [] theirs_d) {
        if (theirs_d == null) {
            return;
        }
        hasReconstructions = true;
        for (int i = 0; i < width; i++) {
            double difference = Math.abs(xhat_bd[row * width + i] - theirs_d[i]);
            reconstructionDifference = Math.max(reconstructionDifference, difference);
        }
    }
}

package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Firings.Columns;
import java.util.Arrays;
import java.util.List;

/**
 * Counts, example by example, whether other latents speak for a synset in place of its main ones (SAEBench; Karvonen et
 * al. 2025). Directions count with their length, which is 1 in the published form.
 */
final class AbsorptionRates {
    private static final double LEAST_COSINE_OF_ONE = 0.025;
    private static final double LEAST_COSINE_OF_SEVERAL = 0.1;
    private static final double LEAST_SHARE = 0.4;
    private static final int MOST_ABSORBERS = 3;

    private final Columns rows;
    private final boolean[] isMain;
    private final double[] projection;
    private final double[] cosine;
    private int n;
    private int full;
    private double fraction;

    /**
     * @param projection {@code <d_l, w>} of each latent
     * @param cosine {@code cos(d_l, w)} of each latent
     */
    AbsorptionRates(Firings firings, List<Integer> main, double[] projection, double[] cosine) {
        this.rows = firings.byExample();
        this.isMain = new boolean[firings.nLatents()];
        main.forEach(latent -> isMain[latent] = true);
        this.projection = projection;
        this.cosine = cosine;
    }

    /** @param evidence p, the projection of the example on the probe: positive */
    void add(int example, double evidence) {
        double main = 0;
        boolean mainFires = false;
        double greatest = Double.NEGATIVE_INFINITY;
        int top = -1;
        double[] absorbers = new double[MOST_ABSORBERS];
        for (int at = rows.begin(example); at < rows.end(example); at++) {
            int latent = rows.index(at);
            double q = rows.value(at) * projection[latent];
            if (isMain[latent]) {
                mainFires = true;
                main += q;
            } else if (q > 0 && cosine[latent] >= LEAST_COSINE_OF_SEVERAL) {
                keepGreatest(absorbers, q);
            }
            if (q > greatest) {
                greatest = q;
                top = latent;
            }
        }
        n++;
        full += !mainFires && top >= 0 && cosine[top] >= LEAST_COSINE_OF_ONE && greatest / evidence >= LEAST_SHARE
                ? 1
                : 0;
        fraction += fraction(evidence, main, Arrays.stream(absorbers).sum());
    }

    int count() {
        return n;
    }

    double full() {
        return (double) full / n;
    }

    double fraction() {
        return fraction / n;
    }

    private static double fraction(double evidence, double main, double absorbed) {
        if (main >= evidence || absorbed / evidence < LEAST_SHARE) {
            return 0;
        }
        if (main <= 0) {
            return 1;
        }
        double taken = Math.min(absorbed, evidence - main);
        return taken / (taken + main);
    }

    private static void keepGreatest(double[] greatest, double value) {
        int least = 0;
        for (int i = 1; i < greatest.length; i++) {
            least = greatest[i] < greatest[least] ? i : least;
        }
        greatest[least] = Math.max(greatest[least], value);
    }
}

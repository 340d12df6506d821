package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;

/** How often (n_jc) and how strongly (w_jc) each class activates one latent. Keeps scratch space: one per thread. */
final class ClassMasses {
    private final int[] counts;
    private final double[] masses;
    private final int[] touched;
    private int nTouched;
    private double sum;
    private double sumOfSquares;

    ClassMasses(int nClasses) {
        this.counts = new int[nClasses];
        this.masses = new double[nClasses];
        this.touched = new int[nClasses];
    }

    /** @param classOf the class of the example of each firing */
    void read(long[] firings, int[] classOf) {
        for (int i = 0; i < nTouched; i++) {
            counts[touched[i]] = 0;
            masses[touched[i]] = 0;
        }
        nTouched = 0;
        sum = 0;
        sumOfSquares = 0;
        for (int i = 0; i < firings.length; i++) {
            int c = classOf[i];
            double value = Firing.value(firings[i]);
            if (counts[c]++ == 0) {
                touched[nTouched++] = c;
            }
            masses[c] += value;
            sum += value;
            sumOfSquares += value * value;
        }
        Arrays.sort(touched, 0, nTouched);
    }

    int nClasses() {
        return nTouched;
    }

    /** Ascending. */
    int classAt(int at) {
        return touched[at];
    }

    double massAt(int at) {
        return masses[touched[at]];
    }

    /** Sum of the latent's values. */
    double sum() {
        return sum;
    }

    /** Of the latent's values. */
    double sumOfSquares() {
        return sumOfSquares;
    }

    LatentClasses copy() {
        int[] classes = Arrays.copyOf(touched, nTouched);
        int[] countsOf = new int[nTouched];
        double[] massesOf = new double[nTouched];
        for (int i = 0; i < nTouched; i++) {
            countsOf[i] = counts[classes[i]];
            massesOf[i] = masses[classes[i]];
        }
        return new LatentClasses(classes, countsOf, massesOf);
    }
}

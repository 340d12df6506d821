package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;

/** How often (n_jc) and how strongly (w_jc) each class activates one latent. Keeps scratch space: one per thread. */
final class ClassMasses {
    private final Labels labels;
    private final int[] counts;
    private final double[] masses;
    private final int[] touched;
    private int nTouched;
    private double sum;
    private double sumOfSquares;

    ClassMasses(Labels labels, int nClasses) {
        this.labels = labels;
        this.counts = new int[nClasses];
        this.masses = new double[nClasses];
        this.touched = new int[nClasses];
    }

    void read(long[] firings) {
        for (int i = 0; i < nTouched; i++) {
            counts[touched[i]] = 0;
            masses[touched[i]] = 0;
        }
        nTouched = 0;
        sum = 0;
        sumOfSquares = 0;
        for (long firing : firings) {
            int c = labels.classOf(Firing.example(firing));
            double value = Firing.value(firing);
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

    LatentClasses copy() {
        int[] classes = Arrays.copyOf(touched, nTouched);
        return new LatentClasses(
                classes,
                Arrays.stream(classes).map(c -> counts[c]).toArray(),
                Arrays.stream(classes).mapToDouble(c -> masses[c]).toArray(),
                sumOfSquares);
    }
}

package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How often (n_jc, on either half) and how strongly (w_jc) each class activates one latent. An open-addressing table, so
 * that its size follows the classes met and not the classes there are.
 */
final class ClassTally {
    private static final int EMPTY = -1;

    private int[] classes = new int[8];
    private int[] counts = new int[16];
    private double[] masses = new double[8];
    private int size;

    ClassTally() {
        Arrays.fill(classes, EMPTY);
    }

    void add(int classIndex, int half, double mass) {
        int at = find(classes, classIndex);
        if (classes[at] == EMPTY) {
            if (2 * (size + 1) > classes.length) {
                grow();
                at = find(classes, classIndex);
            }
            classes[at] = classIndex;
            size++;
        }
        counts[2 * at + half]++;
        masses[at] += mass;
    }

    /** Places that hold a class, ascending by class: the same order however the table grew. */
    int[] slots() {
        return IntStream.range(0, classes.length)
                .filter(at -> classes[at] != EMPTY)
                .boxed()
                .sorted((a, b) -> Integer.compare(classes[a], classes[b]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    int classAt(int slot) {
        return classes[slot];
    }

    int count(int slot, int half) {
        return counts[2 * slot + half];
    }

    double mass(int slot) {
        return masses[slot];
    }

    private static int find(int[] classes, int classIndex) {
        int mask = classes.length - 1;
        int at = ((classIndex * 0x9e3779b9) >>> 7) & mask;
        while (classes[at] != EMPTY && classes[at] != classIndex) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        int[] old = classes;
        int[] oldCounts = counts;
        double[] oldMasses = masses;
        classes = new int[2 * old.length];
        Arrays.fill(classes, EMPTY);
        counts = new int[4 * old.length];
        masses = new double[2 * old.length];
        for (int from = 0; from < old.length; from++) {
            if (old[from] != EMPTY) {
                int to = find(classes, old[from]);
                classes[to] = old[from];
                counts[2 * to] = oldCounts[2 * from];
                counts[2 * to + 1] = oldCounts[2 * from + 1];
                masses[to] = oldMasses[from];
            }
        }
    }
}

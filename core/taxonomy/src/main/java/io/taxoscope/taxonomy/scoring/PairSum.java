package io.taxoscope.taxonomy.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code sum_{a != b} m_a m_b s_ab} for a fixed symmetric table s and one vector of masses after another, in far fewer steps
 * than there are pairs. Twins, classes that every third one is equally similar to, count as one class of their common mass
 * towards all others; merging them makes new twins, and so on up the hierarchy. With M the mass of a group of twins, whose
 * members are all equally similar (s), the pairs inside it are worth {@code s (M^2 - sum m^2)}. What is left in the end are
 * few classes, paired one by one. Exact but for rounding: no similarity is replaced by another. Immutable.
 */
final class PairSum {
    /** For each item, a class or a group, the group that it belongs to; a later item, or -1. */
    private final int[] groupOf;
    /** For each group how similar its members are; 0 for a class. */
    private final double[] within;
    /** For each item without a group its row in {@link #core}; -1 for the others. */
    private final int[] coreOf;

    private final double[][] core;

    private PairSum(int[] groupOf, double[] within, int[] coreOf, double[][] core) {
        this.groupOf = groupOf;
        this.within = within;
        this.coreOf = coreOf;
        this.core = core;
    }

    /** @param table symmetric; its diagonal does not matter */
    static PairSum of(double[][] table) {
        return new Reduction(table).run();
    }

    /** Items that are left to be paired one by one. */
    int coreSize() {
        return core.length;
    }

    /** Scratch space: one per thread. */
    Scratch scratch() {
        return new Scratch();
    }

    final class Scratch {
        private final double[] mass = new double[groupOf.length];
        private final double[] squares = new double[groupOf.length];
        private final long[] touched = new long[(groupOf.length + 63) / 64];
        private final int[] rows = new int[core.length];
        private final double[] masses = new double[core.length];

        /** The sum for some classes; others have mass 0. */
        double of(ClassMasses classes) {
            for (int i = 0; i < classes.nClasses(); i++) {
                int c = classes.classAt(i);
                mass[c] = classes.massAt(i);
                touched[c >> 6] |= 1L << c;
            }
            return reduce();
        }

        /** From the classes upwards: a group comes after its members. */
        private double reduce() {
            double sum = 0;
            int left = 0;
            for (int word = 0; word < touched.length; word++) {
                while (touched[word] != 0) {
                    int item = (word << 6) + Long.numberOfTrailingZeros(touched[word]);
                    touched[word] &= touched[word] - 1;
                    double m = mass[item];
                    sum += within[item] * (m * m - squares[item]);
                    mass[item] = 0;
                    squares[item] = 0;
                    int group = groupOf[item];
                    if (group >= 0) {
                        mass[group] += m;
                        squares[group] += m * m;
                        touched[group >> 6] |= 1L << group;
                    } else {
                        rows[left] = coreOf[item];
                        masses[left++] = m;
                    }
                }
            }
            return sum + 2 * pairs(left);
        }

        /** Two sums at a time, so that one addition need not wait for the other; the same order on any machine. */
        private double pairs(int n) {
            double sum = 0;
            for (int i = 1; i < n; i++) {
                double[] row = core[rows[i]];
                double even = 0;
                double odd = 0;
                int j = 0;
                for (; j + 1 < i; j += 2) {
                    even += masses[j] * row[rows[j]];
                    odd += masses[j + 1] * row[rows[j + 1]];
                }
                sum += masses[i] * (j < i ? even + masses[j] * row[rows[j]] + odd : even + odd);
            }
            return sum;
        }
    }

    /** Finds twins round by round, until a round finds none. */
    private static final class Reduction {
        private final List<Integer> groupOf = new ArrayList<>();
        private final List<Double> within = new ArrayList<>();
        /** Items without a group, ascending, and how similar each two of them are. */
        private int[] items;

        private double[][] s;

        Reduction(double[][] table) {
            this.s = table;
            this.items = new int[table.length];
            Arrays.setAll(items, i -> newItem(0));
        }

        private int newItem(double similarity) {
            groupOf.add(-1);
            within.add(similarity);
            return groupOf.size() - 1;
        }

        PairSum run() {
            while (merge()) {}
            int[] coreOf = new int[groupOf.size()];
            Arrays.fill(coreOf, -1);
            for (int i = 0; i < items.length; i++) {
                coreOf[items[i]] = i;
            }
            return new PairSum(
                    groupOf.stream().mapToInt(Integer::intValue).toArray(),
                    within.stream().mapToDouble(Double::doubleValue).toArray(),
                    coreOf,
                    s);
        }

        /** Whether there were twins. Being twins is transitive, so each is compared with the first of its group alone. */
        private boolean merge() {
            int[] first = firstTwins();
            int[] group = new int[items.length];
            Arrays.fill(group, -1);
            for (int i = 0; i < items.length; i++) {
                if (first[i] != i) {
                    if (group[first[i]] < 0) {
                        group[first[i]] = newItem(s[first[i]][i]);
                        groupOf.set(items[first[i]], group[first[i]]);
                    }
                    groupOf.set(items[i], group[first[i]]);
                }
            }
            int[] kept = keep(first);
            boolean merged = kept.length < items.length;
            int[] before = items;
            // Single items first: those of this round have the greatest numbers.
            items = Arrays.stream(kept)
                    .map(i -> group[i] < 0 ? before[i] : group[i])
                    .toArray();
            double[][] smaller = new double[kept.length][kept.length];
            for (int i = 0; i < kept.length; i++) {
                for (int j = 0; j < kept.length; j++) {
                    smaller[i][j] = s[kept[i]][kept[j]];
                }
            }
            s = smaller;
            return merged;
        }

        private static int[] keep(int[] first) {
            return IntStream.range(0, first.length).filter(i -> first[i] == i).toArray();
        }

        /** For each item the first that it is a twin of, itself if there is none. */
        private int[] firstTwins() {
            long[] sums = sums();
            int[] first = new int[items.length];
            for (int i = 0; i < first.length; i++) {
                first[i] = i;
                for (int j = 0; j < i; j++) {
                    // Equal sums but for the two entries in which twins differ: cheap, and rules out nearly all others.
                    if (first[j] == j && sums[i] - hash(j, s[i][j]) == sums[j] - hash(i, s[i][j]) && areTwins(i, j)) {
                        first[i] = j;
                        break;
                    }
                }
            }
            return first;
        }

        private long[] sums() {
            long[] sums = new long[items.length];
            for (int i = 0; i < sums.length; i++) {
                for (int x = 0; x < sums.length; x++) {
                    sums[i] += x == i ? 0 : hash(x, s[i][x]);
                }
            }
            return sums;
        }

        private static long hash(int column, double value) {
            return Randomness.mix(Double.doubleToRawLongBits(value) * 31 + column);
        }

        private boolean areTwins(int i, int j) {
            for (int x = 0; x < items.length; x++) {
                if (x != i && x != j && s[i][x] != s[j][x]) {
                    return false;
                }
            }
            return true;
        }
    }
}

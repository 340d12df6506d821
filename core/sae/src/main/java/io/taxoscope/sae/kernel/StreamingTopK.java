package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.COUNT;
import static io.taxoscope.sae.kernel.Lanes.FLOATS;
import static io.taxoscope.sae.kernel.Lanes.INTS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The k largest values, or positive values, of each of several rows, exactly, when the rows arrive in chunks of columns. A row keeps
 * a list of candidates and a bound that at least k of the values seen reach, or that only zero and less fails; a value
 * below the bound is never stored. Of equal values the one with the lower index is kept.
 */
final class StreamingTopK implements Selection {
    private static final int BISECTIONS = 16;
    /** Longer lists of candidates that selection has shuffled are not sorted by insertion. */
    private static final int FEW = 128;

    private final int k;
    /** What no value that can be selected fails. */
    private final float floor;

    private final int maxChunk;
    private final int capacity;
    private final float[] values;
    private final int[] indices;
    private final int[] counts;
    private final float[] bounds;
    private final float[] groupMaxima;

    /**
     * @param maxChunk most columns in one chunk, a multiple of the lane count
     * @param keepsNegatives selects values as they are; otherwise only what is above zero, as after a ReLU
     */
    StreamingTopK(int maxRows, int maxChunk, int k, boolean keepsNegatives) {
        this.k = k;
        this.floor = keepsNegatives ? -Float.MAX_VALUE : Float.MIN_VALUE;
        this.maxChunk = maxChunk;
        this.capacity = Lanes.roundUp(maxChunk + 2 * k, COUNT) + 2 * COUNT;
        this.values = new float[Math.multiplyExact(maxRows, capacity)];
        this.indices = new int[maxRows * capacity];
        this.counts = new int[maxRows];
        this.bounds = new float[maxRows];
        this.groupMaxima = new float[maxChunk];
    }

    @Override
    public void start(int first, int rows) {
        Arrays.fill(counts, 0, rows, 0);
        Arrays.fill(bounds, 0, rows, floor);
    }

    @Override
    public void offer(int row, float[] pre, int at, int base, int length) {
        if (counts[row] < k) {
            bounds[row] = Math.max(bounds[row], boundFromGroups(pre, at, length));
        }
        append(row, pre, at, base, length);
        if (counts[row] >= k + k / 2) {
            shrink(row);
        }
        if (counts[row] > capacity - maxChunk - COUNT) {
            selectBest(row); // many equal values: the bound cannot separate them
        }
    }

    @Override
    public void finish(int first, int rows, Codes codes) {
        for (int row = 0; row < rows; row++) {
            finish(row, codes, first + row);
        }
    }

    /** Writes what {@code row} keeps as the code of {@code example}, in ascending order of index. */
    private void finish(int row, Codes codes, int example) {
        if (counts[row] > k) {
            selectBest(row);
        }
        int start = row * capacity;
        sortByIndex(start, start + counts[row]);
        codes.clear(example);
        for (int at = start; at < start + counts[row]; at++) {
            codes.add(example, indices[at], values[at]);
        }
    }

    /** Maxima of disjoint groups of columns: a value that k of them reach is reached by k columns. */
    private float boundFromGroups(float[] pre, int at, int length) {
        int vectors = length / COUNT;
        int perGroup = Math.max(1, vectors / Math.max(1, 4 * k / COUNT));
        int groups = vectors / perGroup;
        if (groups * COUNT < k) {
            return floor;
        }
        for (int group = 0; group < groups; group++) {
            int from = at + group * perGroup * COUNT;
            FloatVector maximum = FloatVector.fromArray(FLOATS, pre, from);
            for (int i = 1; i < perGroup; i++) {
                maximum = maximum.max(FloatVector.fromArray(FLOATS, pre, from + i * COUNT));
            }
            maximum.intoArray(groupMaxima, group * COUNT);
        }
        return raise(floor, groupMaxima, 0, groups * COUNT);
    }

    /** Appends every value that reaches the row's bound. */
    private void append(int row, float[] pre, int at, int base, int length) {
        int end = row * capacity + counts[row];
        FloatVector bound = FloatVector.broadcast(FLOATS, bounds[row]);
        for (int i = 0; i < length; i += COUNT) {
            FloatVector value = FloatVector.fromArray(FLOATS, pre, at + i);
            VectorMask<Float> reaches = value.compare(VectorOperators.GE, bound);
            if (reaches.anyTrue()) {
                value.compress(reaches).intoArray(values, end);
                Lanes.IOTA.add(base + i).compress(reaches.cast(INTS)).intoArray(indices, end);
                end += reaches.trueCount();
            }
        }
        counts[row] = end - row * capacity;
    }

    /** Raises the row's bound and drops the candidates below it. */
    private void shrink(int row) {
        int start = row * capacity;
        int padded = Lanes.roundUp(counts[row], COUNT);
        Arrays.fill(values, start + counts[row], start + padded, Float.NEGATIVE_INFINITY);
        bounds[row] = raise(bounds[row], values, start, padded);
        FloatVector bound = FloatVector.broadcast(FLOATS, bounds[row]);
        int end = start;
        for (int i = start; i < start + padded; i += COUNT) {
            FloatVector value = FloatVector.fromArray(FLOATS, values, i);
            IntVector index = IntVector.fromArray(INTS, indices, i);
            VectorMask<Float> reaches = value.compare(VectorOperators.GE, bound);
            value.compress(reaches).intoArray(values, end);
            index.compress(reaches.cast(INTS)).intoArray(indices, end);
            end += reaches.trueCount();
        }
        counts[row] = end - start;
    }

    /** A value that is at least {@code bound} and that at least k, but few more, of the candidates reach; by bisection. */
    private float raise(float bound, float[] candidates, int at, int length) {
        if (countReaching(bound, candidates, at, length) < k) {
            return bound;
        }
        if (bound < 0 && countReaching(Float.MIN_VALUE, candidates, at, length) < k) {
            return bound; // bisecting all floats would take long; few rows come here
        }
        float low = Math.max(bound, Float.MIN_VALUE);
        float high = maximum(candidates, at, length);
        int enough = k + k / 8;
        for (int i = 0; i < BISECTIONS; i++) {
            float middle = 0.5f * (low + high);
            if (!(middle > low && middle < high)) {
                break;
            }
            int reaching = countReaching(middle, candidates, at, length);
            if (reaching < k) {
                high = middle;
            } else {
                low = middle;
                if (reaching <= enough) {
                    break;
                }
            }
        }
        return low;
    }

    private static int countReaching(float bound, float[] candidates, int at, int length) {
        FloatVector limit = FloatVector.broadcast(FLOATS, bound);
        int count = 0;
        for (int i = at; i < at + length; i += COUNT) {
            count += FloatVector.fromArray(FLOATS, candidates, i)
                    .compare(VectorOperators.GE, limit)
                    .trueCount();
        }
        return count;
    }

    private static float maximum(float[] candidates, int at, int length) {
        FloatVector maximum = FloatVector.fromArray(FLOATS, candidates, at);
        for (int i = at + COUNT; i < at + length; i += COUNT) {
            maximum = maximum.max(FloatVector.fromArray(FLOATS, candidates, i));
        }
        return maximum.reduceLanes(VectorOperators.MAX);
    }

    /** Quickselect: moves the row's k best candidates to the front and forgets the rest. */
    private void selectBest(int row) {
        int start = row * capacity;
        int low = start;
        int high = start + counts[row] - 1;
        int last = start + k - 1;
        while (low < high) {
            int pivot = low + (high - low) / 2;
            float pivotValue = values[pivot];
            int pivotIndex = indices[pivot];
            int i = low;
            int j = high;
            while (i <= j) {
                while (precedes(values[i], indices[i], pivotValue, pivotIndex)) i++;
                while (precedes(pivotValue, pivotIndex, values[j], indices[j])) j--;
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (last <= j) {
                high = j;
            } else if (last >= i) {
                low = i;
            } else {
                break;
            }
        }
        counts[row] = k;
    }

    private static boolean precedes(float value, int index, float otherValue, int otherIndex) {
        return value > otherValue || (value == otherValue && index < otherIndex);
    }

    private void swap(int i, int j) {
        float value = values[i];
        values[i] = values[j];
        values[j] = value;
        int index = indices[i];
        indices[i] = indices[j];
        indices[j] = index;
    }

    /** Few elements, and mostly in order already: candidates are appended by ascending index. */
    private void sortByIndex(int from, int to) {
        if (to - from > FEW) {
            sortManyByIndex(from, to);
            return;
        }
        for (int i = from + 1; i < to; i++) {
            for (int j = i; j > from && indices[j - 1] > indices[j]; j--) {
                swap(j - 1, j);
            }
        }
    }

    private boolean ascending(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (indices[i - 1] > indices[i]) {
                return false;
            }
        }
        return true;
    }

    private void sortManyByIndex(int from, int to) {
        if (ascending(from, to)) {
            return; // nothing was selected away
        }
        long[] entries = new long[to - from];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (long) indices[from + i] << Integer.SIZE | Float.floatToRawIntBits(values[from + i]);
        }
        Arrays.sort(entries);
        for (int i = 0; i < entries.length; i++) {
            indices[from + i] = (int) (entries[i] >> Integer.SIZE);
            values[from + i] = Float.intBitsToFloat((int) entries[i]);
        }
    }
}

package io.taxoscope.taxonomy.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** T_j: the examples that activate one latent most, at most {@code k}. Of equal values the lower index wins. */
final class StrongestExamples {
    private static final Comparator<ActiveExample> STRONGEST_FIRST =
            Comparator.comparingDouble(ActiveExample::value).reversed().thenComparingInt(ActiveExample::example);

    private final int k;
    private int size;
    private float max;
    /** A heap whose root is the weakest: least value, then highest index. */
    private int[] examples;

    private float[] values;

    StrongestExamples(int k) {
        this.k = k;
        this.examples = new int[Math.min(k, 8)];
        this.values = new float[Math.min(k, 8)];
    }

    int size() {
        return size;
    }

    /** The greatest value; 0 before any. */
    float max() {
        return max;
    }

    void offer(int example, float value) {
        max = Math.max(max, value);
        if (size < k) {
            grow();
            rise(size++, example, value);
        } else if (isWeaker(values[0], examples[0], value, example)) {
            sink(example, value);
        }
    }

    /** In no order. */
    int example(int at) {
        return examples[at];
    }

    List<ActiveExample> strongestFirst() {
        var all = new ArrayList<ActiveExample>(size);
        for (int i = 0; i < size; i++) {
            all.add(new ActiveExample(examples[i], values[i]));
        }
        all.sort(STRONGEST_FIRST);
        return all;
    }

    private void grow() {
        if (size == examples.length) {
            int capacity = Math.min(k, 2 * size);
            examples = Arrays.copyOf(examples, capacity);
            values = Arrays.copyOf(values, capacity);
        }
    }

    private void rise(int from, int example, float value) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!isWeaker(value, example, values[parent], examples[parent])) {
                break;
            }
            set(at, examples[parent], values[parent]);
            at = parent;
        }
        set(at, example, value);
    }

    private void sink(int example, float value) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isWeaker(values[child + 1], examples[child + 1], values[child], examples[child])) {
                child++;
            }
            if (!isWeaker(values[child], examples[child], value, example)) {
                break;
            }
            set(at, examples[child], values[child]);
            at = child;
        }
        set(at, example, value);
    }

    private void set(int at, int example, float value) {
        examples[at] = example;
        values[at] = value;
    }

    private static boolean isWeaker(float a, int exampleOfA, float b, int exampleOfB) {
        return a < b || (a == b && exampleOfA > exampleOfB);
    }
}

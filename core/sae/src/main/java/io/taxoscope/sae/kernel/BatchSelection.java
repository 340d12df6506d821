package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * The {@code n k} largest positive pre-activations of a batch, exactly: candidates are what exceeds a guess, a little
 * below the last batch's least code; were they too few, the guess is lowered and the batch encoded again. The guess
 * decides how long it takes, never what is chosen.
 */
final class BatchSelection {
    /** From the least code to the next guess. */
    private static final float SLACK = 0.85f;

    private final int k;
    private float guess = Float.NaN;
    private float[] values = {};

    private BatchSelection(int k) {
        this.k = k;
    }

    /** Null for an architecture that chooses example by example. */
    static @Nullable BatchSelection of(Architecture architecture) {
        return switch (architecture) {
            case Architecture.BatchTopK batch -> new BatchSelection(batch.k());
            case Architecture.Matryoshka nested -> new BatchSelection(nested.k());
            case Architecture.Relu each -> null;
            case Architecture.TopK each -> null;
            case Architecture.JumpRelu each -> null;
            case Architecture.Gated each -> null;
            case Architecture.NestedTopK each -> null;
            case Architecture.Hierarchical each -> null;
        };
    }

    boolean hasGuess() {
        return !Float.isNaN(guess);
    }

    /** What to collect candidates above. */
    float bound() {
        return hasGuess() ? guess : 0;
    }

    /** Guesses from the candidates above 0 of the batch's first {@code n} examples. */
    void guessFrom(Candidates candidates, int n) {
        guess = candidates.total(n) <= (long) n * k ? 0 : SLACK * cut(candidates, n, n * k);
    }

    /** Reduces candidates to the chosen; false when they may lack some and must be collected anew. */
    boolean choose(Candidates candidates, int n) {
        long found = candidates.total(n);
        long wanted = (long) n * k;
        if (found < wanted && guess > 0) {
            guess = guess < 1e-3f ? 0 : guess / 4;
            return false;
        }
        if (found > wanted) {
            float cut = cut(candidates, n, (int) wanted);
            long ties = wanted - above(cut, (int) found);
            for (int example = 0; example < n; example++) {
                ties -= candidates.keepAbove(example, cut, ties);
            }
            guess = SLACK * cut;
        }
        return true;
    }

    /** The {@code wanted}-th largest candidate. */
    private float cut(Candidates candidates, int n, int wanted) {
        int found = Math.toIntExact(candidates.total(n));
        if (values.length < found) {
            values = new float[found + found / 4];
        }
        int at = 0;
        for (int example = 0; example < n; example++) {
            int count = candidates.count_b()[example];
            System.arraycopy(candidates.values(example), 0, values, at, count);
            at += count;
        }
        return largest(values, found, wanted);
    }

    private long above(float cut, int found) {
        long above = 0;
        for (int i = 0; i < found; i++) {
            above += values[i] > cut ? 1 : 0;
        }
        return above;
    }

    /** Quickselect: the {@code rank}-th largest of the first {@code count} values, which change places. */
    private static float largest(float[] values, int count, int rank) {
        int low = 0;
        int high = count - 1;
        int wanted = rank - 1;
        while (low < high) {
            float pivot = values[low + (high - low) / 2];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] > pivot) i++;
                while (values[j] < pivot) j--;
                if (i <= j) {
                    float value = values[i];
                    values[i++] = values[j];
                    values[j--] = value;
                }
            }
            if (wanted <= j) {
                high = j;
            } else if (wanted >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[wanted];
    }
}

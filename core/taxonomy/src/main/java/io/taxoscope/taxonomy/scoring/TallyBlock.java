package io.taxoscope.taxonomy.scoring;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.taxonomy.TaxonomyError;
import io.taxoscope.taxonomy.scoring.CodeSource.CodeBlock;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What fired in some examples, latent after latent: a transposed block of codes. Immutable. */
final class TallyBlock {
    /** The firings of latent number i of the range are {@code starts[i]} to {@code starts[i + 1] - 1}. */
    private final int[] starts;

    private final long[] firings;

    TallyBlock(int[] starts, long[] firings) {
        this.starts = starts;
        this.firings = firings;
    }

    /** Of the latents {@code from} to {@code to - 1}, which threads share. A counting sort: two reads, one write. */
    static TallyBlock of(CodeBlock block, int from, int to) {
        int parts = Math.min(to - from, Runtime.getRuntime().availableProcessors());
        int[] bounds = IntStream.rangeClosed(0, parts)
                .map(part -> from + (int) ((long) (to - from) * part / parts))
                .toArray();
        int[] starts = new int[to - from + 1];
        IntStream.range(0, parts)
                .parallel()
                .forEach(part -> count(block, bounds[part], bounds[part + 1], starts, from));
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        long[] firings = new long[starts[to - from]];
        IntStream.range(0, parts)
                .parallel()
                .forEach(part -> place(block, bounds[part], bounds[part + 1], starts, from, firings));
        return new TallyBlock(starts, firings);
    }

    private static void count(CodeBlock block, int from, int to, int[] starts, int first) {
        for (int row = 0; row < block.rows(); row++) {
            int end = block.end(row);
            for (int at = firstAtLeast(block, row, from); at < end && block.latent(at) < to; at++) {
                float value = block.value(at);
                if (!(value <= Float.MAX_VALUE && value >= -Float.MAX_VALUE)) {
                    throw notFinite(value, block.latent(at), block.firstExample() + row);
                }
                if (value > 0) {
                    starts[block.latent(at) - first + 1]++;
                }
            }
        }
    }

    private static void place(CodeBlock block, int from, int to, int[] starts, int first, long[] firings) {
        int[] next = Arrays.copyOfRange(starts, from - first, to - first);
        for (int row = 0; row < block.rows(); row++) {
            int end = block.end(row);
            int example = block.firstExample() + row;
            for (int at = firstAtLeast(block, row, from); at < end && block.latent(at) < to; at++) {
                float value = block.value(at);
                if (value > 0) {
                    firings[next[block.latent(at) - from]++] = Firing.of(example, value);
                }
            }
        }
    }

    private static int firstAtLeast(CodeBlock block, int row, int latent) {
        int low = block.begin(row);
        int high = block.end(row);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (block.latent(middle) < latent) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static TaxoscopeException notFinite(float value, int latent, int example) {
        return new TaxoscopeException(
                TaxonomyError.CODES_NOT_FINITE,
                "latent " + latent + " has the value " + value + " on example " + example
                        + ": encode again with a sound SAE and sound activations");
    }

    /** Both together, the firings of the other after those of this. */
    TallyBlock merge(TallyBlock other) {
        int[] sums = new int[starts.length];
        Arrays.setAll(sums, i -> starts[i] + other.starts[i]);
        long[] both = new long[firings.length + other.firings.length];
        for (int i = 0; i + 1 < starts.length; i++) {
            copy(i, both, sums[i]);
            other.copy(i, both, sums[i] + size(i));
        }
        return new TallyBlock(sums, both);
    }

    /** The first latents alone. */
    TallyBlock first(int nLatents) {
        return new TallyBlock(Arrays.copyOf(starts, nLatents + 1), Arrays.copyOf(firings, starts[nLatents]));
    }

    int size() {
        return firings.length;
    }

    int size(int latent) {
        return starts[latent + 1] - starts[latent];
    }

    /** Firings of the first latents. */
    int sizeOfFirst(int nLatents) {
        return starts[nLatents];
    }

    void copy(int latent, long[] to, int at) {
        System.arraycopy(firings, starts[latent], to, at, size(latent));
    }
}

package io.taxoscope.saeservice.encoding;

import io.taxoscope.sae.kernel.Codes;
import java.util.Arrays;

/** Collects the codes of one shard as compressed sparse rows. */
final class CsrBuffer {
    private final long[] indptr;
    private int[] indices = new int[1 << 12];
    private float[] values = new float[1 << 12];
    private int rows;
    private int size;

    CsrBuffer(int nRows) {
        this.indptr = new long[nRows + 1];
    }

    void append(Codes codes, int n) {
        int needed = size + codes.total(n);
        if (needed > indices.length) {
            int capacity = Math.max(needed, 2 * indices.length);
            indices = Arrays.copyOf(indices, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        for (int example = 0; example < n; example++) {
            for (int at = codes.start(example); at < codes.end(example); at++) {
                indices[size] = codes.latent(at);
                values[size++] = codes.value(at);
            }
            indptr[++rows] = size;
        }
    }

    long[] indptr() {
        return indptr;
    }

    int[] indices() {
        return Arrays.copyOf(indices, size);
    }

    float[] values() {
        return Arrays.copyOf(values, size);
    }
}

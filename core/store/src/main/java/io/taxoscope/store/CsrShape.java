package io.taxoscope.store;

import org.jspecify.annotations.Nullable;

/** What compressed sparse rows of this size must look like. */
record CsrShape(int nRows, int nLatents) {
    /** The first thing that is wrong, or null. */
    @Nullable String fault(long[] indptr, int[] indices, float[] values) {
        if (indptr.length != nRows + 1 || indptr[0] != 0 || indptr[nRows] != indices.length) {
            return "indptr must have " + (nRows + 1) + " entries from 0 to " + indices.length;
        }
        if (values.length != indices.length) {
            return values.length + " values for " + indices.length + " indices";
        }
        for (int row = 0; row < nRows; row++) {
            if (indptr[row + 1] < indptr[row] || indptr[row + 1] > indices.length) {
                return "indptr falls after row " + row;
            }
            for (int at = (int) indptr[row]; at < indptr[row + 1]; at++) {
                int before = at > indptr[row] ? indices[at - 1] : -1;
                if (indices[at] <= before || indices[at] >= nLatents) {
                    return "row " + row + " has latent " + indices[at] + " after " + before + ", of " + nLatents;
                }
                if (!Float.isFinite(values[at])) {
                    return "row " + row + " has the value " + values[at] + " for latent " + indices[at];
                }
            }
        }
        return null;
    }
}

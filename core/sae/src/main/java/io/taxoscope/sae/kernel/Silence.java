package io.taxoscope.sae.kernel;

import io.taxoscope.sae.AuxK;

/** Counts for each latent the examples since it was last active. */
final class Silence {
    private final long[] silentFor_s;

    Silence(long[] silentFor_s) {
        this.silentFor_s = silentFor_s;
    }

    int latentsSilentFor(long examples) {
        int silent = 0;
        for (long silence : silentFor_s) {
            silent += silence >= examples ? 1 : 0;
        }
        return silent;
    }

    /** Examples since {@code latent} was last active. */
    long of(int latent) {
        return silentFor_s[latent];
    }

    boolean dead(int latent, AuxK auxK) {
        return silentFor_s[latent] >= auxK.deadAfterExamples();
    }

    /** Takes note of a batch's codes. */
    void observe(Codes codes, int n) {
        for (int latent = 0; latent < silentFor_s.length; latent++) {
            silentFor_s[latent] += n;
        }
        for (int example = 0; example < n; example++) {
            for (int at = codes.start(example); at < codes.end(example); at++) {
                if (codes.value(at) != 0) {
                    silentFor_s[codes.latent(at)] = 0;
                }
            }
        }
    }

    long[] copy() {
        return silentFor_s.clone();
    }
}

package io.taxoscope.sae.kernel;

/**
 * The active latents of some examples: at most {@code k} each, in ascending order of latent. Example {@code b} owns
 * positions {@code b * k} to {@code b * k + active(b) - 1}.
 */
public final class Codes {
    private final int k;
    private final int[] active_b;
    private final int[] latent_bk;
    private final float[] value_bk;

    public Codes(int maxExamples, int k) {
        this.k = k;
        this.active_b = new int[maxExamples];
        this.latent_bk = new int[Math.multiplyExact(maxExamples, k)];
        this.value_bk = new float[maxExamples * k];
    }

    public int k() {
        return k;
    }

    public int active(int example) {
        return active_b[example];
    }

    public int latent(int position) {
        return latent_bk[position];
    }

    public float value(int position) {
        return value_bk[position];
    }

    /** All latents by position, for row arithmetic. */
    int[] latents() {
        return latent_bk;
    }

    /** All values by position, for row arithmetic. */
    float[] values() {
        return value_bk;
    }

    /** Forgets what {@code example} had. */
    public void clear(int example) {
        active_b[example] = 0;
    }

    /** Adds a latent to {@code example}; latents come in ascending order. */
    public void add(int example, int latent, float value) {
        int position = example * k + active_b[example]++;
        latent_bk[position] = latent;
        value_bk[position] = value;
    }

    /** Active latents of the first {@code n} examples together. */
    public int total(int n) {
        int total = 0;
        for (int example = 0; example < n; example++) {
            total += active_b[example];
        }
        return total;
    }
}

package io.taxoscope.sae.encoding;

import java.util.Arrays;

/**
 * The examples that activate each latent most, strongest first. Examples arrive in ascending order of index, and of
 * equal values the lower index stays.
 */
public final class TopExamples {
    private static final int NONE = -1;

    private final int perLatent;
    private final int[] kept_s;
    private final int[] index_st;
    private final float[] value_st;

    public TopExamples(int latents, int perLatent) {
        this.perLatent = perLatent;
        this.kept_s = new int[latents];
        this.index_st = new int[Math.multiplyExact(latents, perLatent)];
        this.value_st = new float[latents * perLatent];
        Arrays.fill(index_st, NONE);
    }

    /** Offers one example's value of one latent. */
    public void offer(int latent, int index, float value) {
        int start = latent * perLatent;
        int end = start + kept_s[latent];
        if (kept_s[latent] == perLatent) {
            if (value <= value_st[end - 1]) {
                return;
            }
            end--;
        } else {
            kept_s[latent]++;
        }
        int at = end;
        for (; at > start && value > value_st[at - 1]; at--) {
            value_st[at] = value_st[at - 1];
            index_st[at] = index_st[at - 1];
        }
        value_st[at] = value;
        index_st[at] = index;
    }

    /** How many examples each latent kept. */
    public int[] kept_s() {
        return kept_s.clone();
    }

    /** Examples by latent and rank, [latents, perLatent]; -1 where a latent has fewer. */
    public int[] index_st() {
        return index_st.clone();
    }

    /** Values that belong to {@link #index_st}; 0 where a latent has fewer. */
    public float[] value_st() {
        return value_st.clone();
    }
}

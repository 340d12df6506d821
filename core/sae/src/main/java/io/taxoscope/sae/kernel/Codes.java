package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import java.util.Arrays;

/**
 * The active latents of some examples, in ascending order of latent. Example {@code b} owns positions {@code start(b)}
 * to {@code end(b) - 1}. Either every example has room for k latents, or, ragged, for as many as it needs.
 */
public final class Codes {
    private static final int RAGGED = 0;

    private final int k;
    private final int[] start_b;
    private final int[] active_b;
    private int[] latent;
    private float[] value;

    public Codes(int maxExamples, int k) {
        this(maxExamples, k, Math.multiplyExact(maxExamples, k));
        for (int example = 0; example < maxExamples; example++) {
            start_b[example] = example * k;
        }
    }

    private Codes(int maxExamples, int k, int capacity) {
        this.k = k;
        this.start_b = new int[maxExamples];
        this.active_b = new int[maxExamples];
        this.latent = new int[capacity];
        this.value = new float[capacity];
    }

    /** Room for what an activation finds. */
    public static Codes of(Activation activation, int maxExamples) {
        return switch (activation) {
            case Activation.TopK topK -> new Codes(maxExamples, topK.k());
            case Activation.SignedTopK topK -> new Codes(maxExamples, topK.k());
            case Activation other -> ragged(maxExamples);
        };
    }

    /** Codes of any length; examples are filled in ascending order, by one thread. */
    public static Codes ragged(int maxExamples) {
        return new Codes(maxExamples, RAGGED, 16 * maxExamples);
    }

    /** Latents that every example has room for; 0 when ragged. */
    public int k() {
        return k;
    }

    boolean isRagged() {
        return k == RAGGED;
    }

    /** First position of an example. */
    public int start(int example) {
        return start_b[example];
    }

    /** One past the last position of an example. */
    public int end(int example) {
        return start_b[example] + active_b[example];
    }

    public int active(int example) {
        return active_b[example];
    }

    public int latent(int position) {
        return latent[position];
    }

    public float value(int position) {
        return value[position];
    }

    /** All latents by position, for row arithmetic; another array once ragged codes have grown. */
    int[] latents() {
        return latent;
    }

    /** All values by position, for row arithmetic; another array once ragged codes have grown. */
    float[] values() {
        return value;
    }

    /** Positions that arrays beside these codes need. */
    int capacity() {
        return latent.length;
    }

    /** Forgets what {@code example} had. */
    public void clear(int example) {
        if (isRagged()) {
            start_b[example] = example == 0 ? 0 : end(example - 1);
        }
        active_b[example] = 0;
    }

    /** Adds a latent to {@code example}; latents come in ascending order. */
    public void add(int example, int latentIndex, float latentValue) {
        int position = end(example);
        if (isRagged()) {
            reserve(position + 1);
        } else if (active_b[example] == k) {
            throw new IllegalStateException("example " + example + " has room for " + k + " latents only");
        }
        active_b[example]++;
        latent[position] = latentIndex;
        value[position] = latentValue;
    }

    /** Gives each of the first {@code n} examples of ragged codes room for as many latents, to be written in place. */
    void layOut(int[] count_b, int n) {
        int position = 0;
        for (int example = 0; example < n; example++) {
            start_b[example] = position;
            active_b[example] = count_b[example];
            position = Math.addExact(position, count_b[example]);
        }
        reserve(position);
    }

    /** Writes the first {@code n} examples over what {@code other} had. */
    void copyTo(Codes other, int n) {
        for (int example = 0; example < n; example++) {
            other.clear(example);
            for (int at = start(example); at < end(example); at++) {
                other.add(example, latent[at], value[at]);
            }
        }
    }

    /** Entries of the first {@code n} examples together. */
    public int total(int n) {
        int total = 0;
        for (int example = 0; example < n; example++) {
            total += active_b[example];
        }
        return total;
    }

    /** Entries of examples {@code from} to {@code to - 1} above zero: a training may list latents that are held back. */
    int positive(int from, int to) {
        int positive = 0;
        for (int example = from; example < to; example++) {
            for (int at = start(example); at < end(example); at++) {
                positive += value[at] != 0 ? 1 : 0;
            }
        }
        return positive;
    }

    private void reserve(int capacity) {
        if (capacity > latent.length) {
            int larger = (int) Math.min(Integer.MAX_VALUE - 64L, Math.max(capacity, 3L * latent.length / 2));
            latent = Arrays.copyOf(latent, larger);
            value = Arrays.copyOf(value, larger);
        }
    }
}

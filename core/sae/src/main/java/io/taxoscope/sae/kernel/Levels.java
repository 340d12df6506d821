package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Architecture.NestedTopK.Weighting;
import io.taxoscope.sae.Prefixes;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nested reconstructions: a code of level g takes part in the reconstructions g, g + 1, … The last one has all codes.
 * Most architectures have one level.
 */
final class Levels {
    private final @Nullable Prefixes prefixes;
    private final float[] weights;
    private int[] ends;

    private Levels(@Nullable Prefixes prefixes, List<Integer> ends, float[] weights) {
        this.prefixes = prefixes;
        this.ends = toArray(ends);
        this.weights = weights;
    }

    static Levels of(Architecture architecture) {
        return switch (architecture) {
            case Architecture.Matryoshka nested ->
                new Levels(
                        nested.prefixes(),
                        nested.prefixes().at(0),
                        weights(nested.prefixes().count(), Weighting.UNIFORM));
            case Architecture.NestedTopK nested ->
                new Levels(null, nested.ks(), weights(nested.ks().size(), nested.weighting()));
            case Architecture.Hierarchical tree ->
                new Levels(
                        new Prefixes.Fixed(List.of(tree.parents(), tree.latents())),
                        List.of(tree.parents(), tree.latents()),
                        new float[] {tree.parentWeight(), 1});
            case Architecture.Relu one -> single();
            case Architecture.TopK one -> single();
            case Architecture.BatchTopK one -> single();
            case Architecture.JumpRelu one -> single();
            case Architecture.Gated one -> single();
        };
    }

    private static Levels single() {
        return new Levels(null, List.of(Integer.MAX_VALUE), new float[] {1});
    }

    private static float[] weights(int levels, Weighting weighting) {
        float[] weights = new float[levels];
        double total = weighting == Weighting.UNIFORM ? levels : levels * (levels + 1) / 2.0;
        for (int level = 0; level < levels; level++) {
            weights[level] = (float) ((weighting == Weighting.UNIFORM ? 1 : levels - level) / total);
        }
        return weights;
    }

    int count() {
        return weights.length;
    }

    /** A reconstruction's share of the loss. */
    float weight(int level) {
        return weights[level];
    }

    /** @param step finished steps */
    void prepare(int step) {
        if (prefixes != null) {
            ends = toArray(prefixes.at(step));
        }
    }

    /** Writes the level of each of an example's codes, at the codes' positions. */
    void assign(Codes codes, int example, int[] level_at) {
        int start = codes.start(example);
        if (prefixes != null) {
            for (int at = start; at < codes.end(example); at++) {
                level_at[at] = levelOf(codes.latent(at));
            }
            return;
        }
        long[] strongestFirst = new long[codes.active(example)];
        for (int i = 0; i < strongestFirst.length; i++) { // positive floats are ordered as their bits are
            strongestFirst[i] =
                    (long) (Integer.MAX_VALUE - Float.floatToRawIntBits(codes.value(start + i))) << Integer.SIZE | i;
        }
        Arrays.sort(strongestFirst);
        for (int rank = 0; rank < strongestFirst.length; rank++) {
            level_at[start + (int) strongestFirst[rank]] = levelOf(rank);
        }
    }

    private int levelOf(int place) {
        int level = 0;
        while (place >= ends[level]) {
            level++;
        }
        return level;
    }

    private static int[] toArray(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).toArray();
    }
}

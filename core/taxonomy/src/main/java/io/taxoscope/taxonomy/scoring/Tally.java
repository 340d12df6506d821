package io.taxoscope.taxonomy.scoring;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * What fired: for each of a range of latents the examples that activate it, eight bytes each. Tallies of different
 * examples add up, in any order and grouping, so that shards can be tallied anywhere; every score rests on nothing else.
 */
public final class Tally {
    private static final long[] NONE = {};

    private final int from;
    private long[][] firings;
    private int[] sizes;

    /** @param to the latent after the last */
    Tally(int from, int to) {
        this.from = from;
        this.firings = new long[to - from][];
        this.sizes = new int[to - from];
        Arrays.fill(firings, NONE);
    }

    /** All that fires in some codes, or in one shard of them. */
    public static Tally of(CodeSource codes) {
        return of(codes, 0, Long.MAX_VALUE);
    }

    /** As many latents, from {@code from} on and at least one, as {@code budget} bytes hold. */
    static Tally of(CodeSource codes, int from, long budget) {
        var tally = new Tally(from, codes.nLatents());
        codes.forEachBlock(block -> {
            CodePass.over(block, tally.from(), tally.to(), tally::add);
            tally.shrinkTo(budget);
        });
        return tally;
    }

    int from() {
        return from;
    }

    int to() {
        return from + sizes.length;
    }

    /** One thread at a time for each latent. */
    private void add(int latent, int example, float value) {
        int at = latent - from;
        if (sizes[at] == firings[at].length) {
            firings[at] = Arrays.copyOf(firings[at], Math.max(16, sizes[at] + sizes[at] / 2));
        }
        firings[at][sizes[at]++] = Firing.of(example, value);
    }

    int size(int latent) {
        return sizes[latent - from];
    }

    /** The latent's firings from the strongest to the weakest, in a new array. */
    long[] strongestFirst(int latent) {
        long[] sorted = Arrays.copyOf(firings[latent - from], size(latent));
        Arrays.sort(sorted);
        return sorted;
    }

    /** Both together; neither changes. The examples of the two must differ. */
    public Tally merge(Tally other) {
        if (from != other.from || to() != other.to()) {
            throw new IllegalArgumentException("tallies of latents %d to %d and %d to %d do not add up"
                    .formatted(from, to() - 1, other.from, other.to() - 1));
        }
        var sum = new Tally(from, to());
        for (int at = 0; at < sizes.length; at++) {
            sum.sizes[at] = sizes[at] + other.sizes[at];
            sum.firings[at] = Arrays.copyOf(firings[at], sum.sizes[at]);
            System.arraycopy(other.firings[at], 0, sum.firings[at], sizes[at], other.sizes[at]);
        }
        return sum;
    }

    /** Big-endian: first latent, number of latents, then for each its number of firings and the firings. */
    public void write(OutputStream out) throws IOException {
        var data = new DataOutputStream(out);
        data.writeInt(from);
        data.writeInt(sizes.length);
        for (int at = 0; at < sizes.length; at++) {
            data.writeInt(sizes[at]);
            for (int i = 0; i < sizes[at]; i++) {
                data.writeLong(firings[at][i]);
            }
        }
        data.flush();
    }

    /** Reads what {@link #write} wrote. */
    public static Tally read(InputStream in) throws IOException {
        var data = new DataInputStream(in);
        int from = data.readInt();
        var tally = new Tally(from, from + data.readInt());
        for (int at = 0; at < tally.sizes.length; at++) {
            tally.sizes[at] = data.readInt();
            tally.firings[at] = new long[tally.sizes[at]];
            for (int i = 0; i < tally.sizes[at]; i++) {
                tally.firings[at][i] = data.readLong();
            }
        }
        return tally;
    }

    /** Gives up the last latents until the rest fits, so that another pass over the codes takes them up. */
    private void shrinkTo(long budget) {
        if (bytes(sizes.length) <= budget) {
            return;
        }
        // Room to grow for what is still to be read: half the budget.
        int kept = sizes.length;
        while (kept > 1 && bytes(kept) > budget / 2) {
            kept -= Math.max(1, kept / 64);
        }
        firings = Arrays.copyOf(firings, kept);
        sizes = Arrays.copyOf(sizes, kept);
    }

    private long bytes(int latents) {
        long bytes = 0;
        for (int at = 0; at < latents; at++) {
            bytes += 8L * firings[at].length;
        }
        return bytes;
    }
}

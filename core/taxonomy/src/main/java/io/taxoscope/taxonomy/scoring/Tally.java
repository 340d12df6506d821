package io.taxoscope.taxonomy.scoring;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What fired: for each of a range of latents the examples that activate it, eight bytes each. Tallies of different
 * examples add up, in any order and grouping, so that shards can be tallied anywhere; every score rests on nothing else.
 */
public final class Tally {
    /** A block with fewer firings a latent is joined with the next: its offsets would weigh more than they lead to. */
    private static final int LEAST_PER_LATENT = 8;

    private final int from;
    private int nLatents;
    private final List<TallyBlock> blocks = new ArrayList<>();

    /** @param to the latent after the last */
    Tally(int from, int to) {
        this.from = from;
        this.nLatents = to - from;
    }

    /** All that fires in some codes, or in one shard of them. */
    public static Tally of(CodeSource codes) {
        return of(codes, 0, Long.MAX_VALUE);
    }

    /** As many latents, from {@code from} on and at least one, as {@code budget} bytes hold. */
    static Tally of(CodeSource codes, int from, long budget) {
        var tally = new Tally(from, codes.nLatents());
        codes.forEachBlock(block -> {
            tally.add(TallyBlock.of(block, tally.from(), tally.to()));
            tally.shrinkTo(budget);
        });
        return tally;
    }

    int from() {
        return from;
    }

    int to() {
        return from + nLatents;
    }

    /** Small blocks are joined in pairs of like size, so that a firing moves only a few times. */
    private void add(TallyBlock block) {
        var last = block;
        while (!blocks.isEmpty()
                && blocks.getLast().size() <= 2L * last.size()
                && last.size() + (long) blocks.getLast().size() < 2L * LEAST_PER_LATENT * nLatents) {
            last = blocks.removeLast().merge(last);
        }
        blocks.add(last);
    }

    int size(int latent) {
        return blocks.stream().mapToInt(block -> block.size(latent - from)).sum();
    }

    /** The latent's firings from the strongest to the weakest, in a new array. */
    long[] strongestFirst(int latent) {
        long[] sorted = firings(latent);
        Arrays.sort(sorted);
        return sorted;
    }

    private long[] firings(int latent) {
        long[] all = new long[size(latent)];
        int at = 0;
        for (var block : blocks) {
            block.copy(latent - from, all, at);
            at += block.size(latent - from);
        }
        return all;
    }

    /** Both together; neither changes. The examples of the two must differ. */
    public Tally merge(Tally other) {
        if (from != other.from || to() != other.to()) {
            throw new IllegalArgumentException("tallies of latents %d to %d and %d to %d do not add up"
                    .formatted(from, to() - 1, other.from, other.to() - 1));
        }
        var sum = new Tally(from, to());
        sum.blocks.addAll(blocks);
        other.blocks.forEach(sum::add);
        return sum;
    }

    /** Big-endian: first latent, number of latents, then for each its number of firings and the firings. */
    public void write(OutputStream out) throws IOException {
        var data = new DataOutputStream(out);
        data.writeInt(from);
        data.writeInt(nLatents);
        for (int latent = from; latent < to(); latent++) {
            long[] firings = firings(latent);
            data.writeInt(firings.length);
            for (long firing : firings) {
                data.writeLong(firing);
            }
        }
        data.flush();
    }

    /** Reads what {@link #write} wrote. */
    public static Tally read(InputStream in) throws IOException {
        var data = new DataInputStream(in);
        int from = data.readInt();
        int nLatents = data.readInt();
        int[] starts = new int[nLatents + 1];
        long[] firings = new long[0];
        for (int i = 0; i < nLatents; i++) {
            starts[i + 1] = Math.addExact(starts[i], data.readInt());
            if (starts[i + 1] > firings.length) {
                firings = Arrays.copyOf(firings, Math.max(starts[i + 1], firings.length + firings.length / 2));
            }
            for (int at = starts[i]; at < starts[i + 1]; at++) {
                firings[at] = data.readLong();
            }
        }
        var tally = new Tally(from, from + nLatents);
        tally.add(new TallyBlock(starts, Arrays.copyOf(firings, starts[nLatents])));
        return tally;
    }

    /** Gives up the last latents until the rest fits, so that another pass over the codes takes them up. */
    private void shrinkTo(long budget) {
        if (bytes(nLatents) <= budget) {
            return;
        }
        // Room to grow for what is still to be read: half the budget.
        int kept = nLatents;
        while (kept > 1 && bytes(kept) > budget / 2) {
            kept -= Math.max(1, kept / 64);
        }
        int keep = kept;
        nLatents = keep;
        blocks.replaceAll(block -> block.first(keep));
    }

    private long bytes(int latents) {
        return blocks.stream()
                .mapToLong(block -> 8L * block.sizeOfFirst(latents) + 4L * latents)
                .sum();
    }
}

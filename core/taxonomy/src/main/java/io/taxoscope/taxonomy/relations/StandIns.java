package io.taxoscope.taxonomy.relations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Replaces parents and children by random latents that fire as often: what co-firing is worth without kinship. */
final class StandIns {
    private static final int REACH = 16;

    private final int[] byCount;
    private final int[] rankOf;

    StandIns(FiringSets report, int minSupport) {
        this.byCount = IntStream.range(0, report.nLatents())
                .filter(latent -> report.count(latent) >= minSupport)
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(report::count).thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
        this.rankOf = new int[report.nLatents()];
        Arrays.fill(rankOf, -1);
        for (int rank = 0; rank < byCount.length; rank++) {
            rankOf[byCount[rank]] = rank;
        }
    }

    /** Whether every latent and every pair can be replaced. */
    boolean suffice() {
        return byCount.length >= 3;
    }

    /** The same families with other members: one draw. A parent and its children differ, children may coincide. */
    List<Family.Parent> draw(List<Family.Parent> parents, RandomGenerator random) {
        var drawn = new ArrayList<Family.Parent>();
        for (Family.Parent parent : parents) {
            int other = near(parent.latent(), random);
            var children = new ArrayList<Integer>();
            for (int child : parent.children()) {
                int stranger = near(child, random);
                while (stranger == other) {
                    stranger = near(child, random);
                }
                children.add(stranger);
            }
            drawn.add(new Family.Parent(other, children));
        }
        return drawn;
    }

    private int near(int latent, RandomGenerator random) {
        int rank = rankOf[latent];
        int from = Math.max(0, rank - REACH);
        int to = Math.min(byCount.length - 1, rank + REACH);
        int at = from + random.nextInt(to - from);
        return byCount[at < rank ? at : at + 1];
    }
}

package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Where a latent is silent below its synset: what absorption by a child's latent leaves behind. */
final class HoleProfiles {
    /** A recall below this is silence. */
    static final double SILENCE = 0.1;

    private final LabelledExamples labels;
    private final FiringSets report;
    private final int minSupport;

    HoleProfiles(LabelledExamples labels, FiringSets report, int minSupport) {
        this.labels = labels;
        this.report = report;
        this.minSupport = minSupport;
    }

    /**
     * @param recall of the whole synset
     * @param gap greatest less least recall among the child subtrees
     * @param share of the synset's classes with a recall below {@link #SILENCE}; absent when no class has enough examples
     * @param holes child subtrees with such a recall
     */
    record Profile(double recall, double gap, @Nullable Double share, List<Integer> holes) {}

    /** Empty without two child subtrees that have enough examples. */
    Optional<Profile> of(int latent, int node) {
        int[] children = children(node);
        return children.length < 2
                ? Optional.empty()
                : Optional.of(profile(node, children, report.perClass(latent, labels)));
    }

    /** The same for as many firings spread evenly over the synset's examples, drawn without replacement. */
    List<Profile> even(int latent, int node, int draws, RandomGenerator random) {
        int firing = firingBelow(node, report.perClass(latent, labels));
        int[] children = children(node);
        int[] pool = pool(node);
        var profiles = new ArrayList<Profile>();
        for (int draw = 0; draw < draws; draw++) {
            int[] counts = new int[taxonomy().nClasses()];
            for (int i = 0; i < firing; i++) {
                int j = i + random.nextInt(pool.length - i);
                int drawn = pool[j];
                pool[j] = pool[i];
                pool[i] = drawn;
                counts[drawn]++;
            }
            profiles.add(profile(node, children, counts));
        }
        return profiles;
    }

    private Profile profile(int node, int[] children, int[] firingOn) {
        double least = 1;
        double greatest = 0;
        var holes = new ArrayList<Integer>();
        for (int child : children) {
            double recall = recall(child, firingOn);
            least = Math.min(least, recall);
            greatest = Math.max(greatest, recall);
            if (recall < SILENCE) {
                holes.add(child);
            }
        }
        return new Profile(recall(node, firingOn), greatest - least, silentShare(node, firingOn), holes);
    }

    private @Nullable Double silentShare(int node, int[] firingOn) {
        int known = 0;
        int silent = 0;
        for (int c : taxonomy().classesBelow(node)) {
            int examples = labels.count(Half.REPORT, c);
            if (examples >= minSupport) {
                known++;
                silent += (double) firingOn[c] / examples < SILENCE ? 1 : 0;
            }
        }
        return known == 0 ? null : (double) silent / known;
    }

    private double recall(int node, int[] firingOn) {
        return (double) firingBelow(node, firingOn) / labels.below(Half.REPORT, node);
    }

    private int firingBelow(int node, int[] firingOn) {
        int sum = 0;
        for (int c : taxonomy().classesBelow(node)) {
            sum += firingOn[c];
        }
        return sum;
    }

    private int[] children(int node) {
        return Arrays.stream(taxonomy().dag().children(node))
                .filter(child -> labels.below(Half.REPORT, child) >= minSupport)
                .toArray();
    }

    /** The class of each of the synset's examples. */
    private int[] pool(int node) {
        return Arrays.stream(labels.examplesBelow(Half.REPORT, node))
                .map(labels::classOf)
                .toArray();
    }

    private Taxonomy taxonomy() {
        return labels.taxonomy();
    }
}

package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What latents would score if they fired on random examples of this dataset: the same {@code topK}, the same label
 * histogram, as many latents, each firing as often as before. By simulation.
 */
final class Chance {
    /** Whole layers drawn for the expected coverage. */
    static final int LAYERS = 20;

    private final Taxonomy taxonomy;
    private final Labels labels;
    private final ScoringSpec spec;

    Chance(Taxonomy taxonomy, Labels labels, ScoringSpec spec) {
        this.taxonomy = taxonomy;
        this.labels = labels;
        this.spec = spec;
    }

    /** LCH heights of random sets, plain and robust. */
    Heights heights() {
        var draws = new LchDraws(Randomness.CHANCE_LCH.stream(spec.seed(), 0));
        double[] plain = new double[spec.chanceDraws()];
        double[] robust = new double[spec.chanceDraws()];
        for (int i = 0; i < plain.length; i++) {
            draws.next();
            plain[i] = taxonomy.height(draws.lch());
            robust[i] = taxonomy.height(draws.robustLch());
        }
        return new Heights(Level.of(plain), Level.of(robust));
    }

    /** Nodes reached by the LCHs of {@code nLatents} random sets, for each of several random layers. */
    BitSet[] coverage(int nLatents) {
        var covered = new BitSet[LAYERS];
        IntStream.range(0, LAYERS).parallel().forEach(layer -> {
            var draws = new LchDraws(Randomness.CHANCE_COVERAGE.stream(spec.seed(), layer));
            var nodes = new BitSet();
            for (int i = 0; i < nLatents; i++) {
                draws.next();
                nodes.set(draws.lch());
            }
            covered[layer] = nodes;
        });
        return covered;
    }

    /** Held-out F1 of the best synset of random sets as large as those that real latents fire on. */
    Level bestSynsetF1(int[] activeCounts) {
        var random = Randomness.CHANCE_BEST_SYNSET.stream(spec.seed(), 0);
        var subsets = new RandomSubsets(labels.size(), random);
        var scorer = new LatentScorer(taxonomy, labels, spec);
        int[] drawn = new int[Arrays.stream(activeCounts).max().orElse(0)];
        double[] f1 = new double[spec.chanceDraws()];
        for (int i = 0; i < f1.length; i++) {
            int count = activeCounts[random.nextInt(activeCounts.length)];
            subsets.draw(count, drawn);
            var tally = new ClassTally();
            for (int at = 0; at < count; at++) {
                tally.add(labels.classOf(drawn[at]), Labels.half(drawn[at]), 1);
            }
            var best = scorer.best(tally);
            f1[i] = best == null ? 0 : best.f1();
        }
        return Level.of(f1);
    }

    record Heights(Level plain, Level robust) {}

    /** Mean and standard deviation of one latent's score. */
    record Level(double mean, double deviation) {
        static Level of(double[] scores) {
            return new Level(Statistics.mean(scores), Statistics.deviation(scores));
        }
    }

    private final class LchDraws {
        private final RandomSubsets subsets;
        private final CommonHypernyms hypernyms = new CommonHypernyms(taxonomy);
        private final int[] drawn = new int[spec.topK()];
        private final int[] nodes = new int[spec.topK()];

        LchDraws(RandomGenerator random) {
            this.subsets = new RandomSubsets(labels.size(), random);
        }

        void next() {
            subsets.draw(drawn.length, drawn);
            Arrays.setAll(nodes, i -> taxonomy.classNode(labels.classOf(drawn[i])));
        }

        int lch() {
            return hypernyms.lowest(nodes);
        }

        int robustLch() {
            return hypernyms.lowestCovering(nodes, spec.robustCount());
        }
    }
}

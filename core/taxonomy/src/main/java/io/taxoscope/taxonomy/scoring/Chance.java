package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What latents would score if they fired on random examples of this dataset: the same {@code topK}, the same label
 * histogram, as many latents, each firing as often as before. By simulation.
 */
final class Chance {
    /** Whole layers drawn for the expected coverage. */
    static final int LAYERS = 20;

    /** Streams that share the random latents, so that they are the same however many threads draw them. */
    private static final int LANES = 16;

    /** What random latents tell: the values that these rest on do not matter, or not by themselves. */
    private static final List<Measure> OF_RANDOM_LATENTS = List.of(
            Measure.F1,
            Measure.AP,
            Measure.AUROC,
            Measure.MCC,
            Measure.LIFT,
            Measure.PRECISION,
            Measure.RECALL,
            Measure.PURITY,
            Measure.CLASS_PURITY);

    private final Frame frame;
    private final Taxonomy taxonomy;
    private final Labels labels;
    private final ScoringSpec spec;

    Chance(Frame frame, Labels labels) {
        this.frame = frame;
        this.taxonomy = frame.taxonomy();
        this.labels = labels;
        this.spec = frame.spec();
    }

    /**
     * Every level that can be told.
     *
     * @param activeCounts of the eligible latents
     */
    Map<Measure, Level> levels(int[] activeCounts) {
        var levels = new EnumMap<Measure, Level>(Measure.class);
        levels.putAll(heights());
        levels.putAll(coherences());
        if (activeCounts.length > 0) {
            levels.putAll(randomLatents(activeCounts));
        }
        return levels;
    }

    /** Of random sets of {@code topK} examples. */
    Map<Measure, Level> heights() {
        var draws = new LchDraws(Randomness.CHANCE_LCH.stream(spec.seed(), 0));
        int[] plain = new int[spec.chanceDraws()];
        int[] robust = new int[spec.chanceDraws()];
        for (int i = 0; i < plain.length; i++) {
            draws.next();
            plain[i] = draws.lch();
            robust[i] = draws.robustLch();
        }
        double top = taxonomy.height(taxonomy.dag().root());
        return Map.of(
                Measure.LCH_HEIGHT, level(plain, taxonomy::height),
                Measure.ROBUST_LCH_HEIGHT, level(robust, taxonomy::height),
                Measure.LCH_NORMALISED_HEIGHT, level(plain, node -> taxonomy.height(node) / top),
                Measure.LCH_SHORTEST_HEIGHT, level(plain, taxonomy::minHeight),
                Measure.LCH_DEPTH, level(plain, taxonomy.dag()::maxDepth));
    }

    private static Level level(int[] nodes, IntToDoubleFunction score) {
        return Level.of(Arrays.stream(nodes).mapToDouble(score).toArray());
    }

    /** Exact: weights that know nothing of the labels leave the mean over all pairs of examples. */
    private Map<Measure, Level> coherences() {
        var similarities = frame.similarities();
        if (similarities == null) {
            return Map.of();
        }
        double[] expected = Coherence.expected(similarities, labels.perClass());
        var lin = new Level(expected[0], null);
        var wuPalmer = new Level(expected[1], null);
        return Map.of(
                Measure.LIN_COHERENCE, lin,
                Measure.LIN_CLASS_COHERENCE, lin,
                Measure.WU_PALMER_COHERENCE, wuPalmer,
                Measure.WU_PALMER_CLASS_COHERENCE, wuPalmer);
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

    /** Of latents that fire on random examples, as many as a random eligible one does, in random order. */
    Map<Measure, Level> randomLatents(int[] activeCounts) {
        var drawn = new EnumMap<Measure, double[]>(Measure.class);
        OF_RANDOM_LATENTS.forEach(measure -> drawn.put(measure, new double[spec.chanceDraws()]));
        var reportHalf = new Hypergeometric(labels.inHalf(Labels.REPORT));
        int[] everyExample = new int[labels.size()];
        Arrays.setAll(everyExample, i -> i);
        IntStream.range(0, LANES).parallel().forEach(lane -> {
            var random = Randomness.CHANCE_BEST_SYNSET.stream(spec.seed(), lane);
            var latents = new RandomLatents(everyExample, activeCounts, random, reportHalf);
            for (int i = lane; i < spec.chanceDraws(); i += LANES) {
                var score = latents.next();
                for (var column : drawn.entrySet()) {
                    column.getValue()[i] = score.values().getOrDefault(column.getKey(), Double.NaN);
                }
            }
        });
        var levels = new EnumMap<Measure, Level>(Measure.class);
        drawn.forEach((measure, values) -> levels.put(measure, Level.of(Statistics.present(values))));
        return levels;
    }

    private final class RandomLatents {
        private final RandomGenerator random;
        private final int[] activeCounts;
        private final RandomSubsets subsets;
        private final LatentScorer scorer;

        RandomLatents(int[] everyExample, int[] activeCounts, RandomGenerator random, Hypergeometric reportHalf) {
            this.random = random;
            this.activeCounts = activeCounts;
            this.subsets = new RandomSubsets(everyExample, random);
            this.scorer = new LatentScorer(frame, labels, reportHalf);
        }

        LatentScore next() {
            int[] examples = new int[activeCounts[random.nextInt(activeCounts.length)]];
            subsets.draw(examples.length, examples);
            long[] firings = new long[examples.length];
            // Values just above 1, all different, falling.
            Arrays.setAll(
                    firings,
                    i -> Firing.of(
                            examples[i], Float.intBitsToFloat(Float.floatToRawIntBits(1) + examples.length - i)));
            return scorer.score(0, firings);
        }
    }

    /** Mean and standard deviation of one latent's score. */
    record Level(double mean, @Nullable Double deviation) {
        static Level of(double[] scores) {
            return new Level(Statistics.mean(scores), Statistics.deviation(scores));
        }
    }

    /** Draws classes: which examples they are of does not matter. */
    private final class LchDraws {
        private final RandomSubsets subsets;
        private final CommonHypernyms hypernyms = new CommonHypernyms(taxonomy);
        private final int[] drawn = new int[spec.topK()];
        private final int[] nodes = new int[spec.topK()];

        LchDraws(RandomGenerator random) {
            this.subsets = new RandomSubsets(labels.classOf(), random);
        }

        void next() {
            subsets.draw(drawn.length, drawn);
            for (int i = 0; i < nodes.length; i++) {
                nodes[i] = taxonomy.classNode(drawn[i]);
            }
        }

        int lch() {
            return hypernyms.lowest(nodes);
        }

        int robustLch() {
            return hypernyms.lowestCovering(nodes, spec.robustCount());
        }
    }
}

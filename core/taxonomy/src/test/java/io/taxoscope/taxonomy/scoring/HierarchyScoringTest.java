package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static io.taxoscope.taxonomy.Nouns.WORDNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.Ilsvrc2012;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HierarchyScoringTest {
    private static final ScoringSpec SPEC = new ScoringSpec(10, .9, 1000, 1, 500, 7);
    private static final int[] CLASS_OF = ChanceTest.uniform(20);
    /** Dog, bird, vehicle, food, retriever, artifact, stringed instrument, and the class banana. */
    private static final int[] PLANTED = IntStream.range(0, 8)
            .map(i -> ILSVRC.node(SynsetId.of(List.of(
                            "n02084071",
                            "n01503061",
                            "n04524313",
                            "n07555863",
                            "n02099029",
                            "n00021939",
                            "n04338517",
                            "n07753592")
                    .get(i))))
            .toArray();

    private static ScoringResult plant(double hit, double noise) {
        var codes = PlantedCodes.subtrees(ILSVRC, CLASS_OF, PLANTED, hit, noise, new SplittableRandom(3));
        return new HierarchyScoring(ILSVRC, SPEC).score(codes, CLASS_OF);
    }

    @Test
    void aLatentThatFiresOnExactlyOneSubtreeMarksItsSynset() {
        for (var score : plant(1, 0).latents()) {
            int node = PLANTED[score.latent()];
            int nBelow = ILSVRC.classesBelow(node).length;
            var best = Objects.requireNonNull(score.best(Criterion.F1));

            assertThat(score.nActive()).isEqualTo(20 * nBelow);
            assertThat(best.node()).isEqualTo(node);
            assertThat(best.precision()).isEqualTo(1);
            assertThat(best.recall()).isEqualTo(1);
            assertThat(best.f1()).isEqualTo(1);
            assertThat(ILSVRC.ancestors(score.lch().getAsInt())).contains(node);
            assertThat(best.lift()).isCloseTo(1000.0 / nBelow, within(1000.0 / nBelow * .5));
        }
    }

    @Test
    void noiseLowersTheNumbersToWhatWasPlantedButKeepsTheSynset() {
        // Expected: recall .8, precision .8 n / (.8 n + .002 (1000 - n)) for n classes below.
        for (var score : plant(.8, .002).latents()) {
            double n = ILSVRC.classesBelow(PLANTED[score.latent()]).length;
            var best = Objects.requireNonNull(score.best(Criterion.F1));

            assertThat(best.node()).isEqualTo(PLANTED[score.latent()]);
            // Three and a half standard deviations of a share of the examples on one half.
            assertThat(best.recall()).isCloseTo(.8, within(3.5 * Math.sqrt(.16 / (10 * n))));
            double precision = .8 * n / (.8 * n + .002 * (1000 - n));
            assertThat(best.precision())
                    .isCloseTo(precision, within(.01 + 3.5 * Math.sqrt(precision * (1 - precision) / (8 * n))));
        }
    }

    @Test
    void everyCriterionFindsAPlantedSynsetThatChanceDoesNotExplain() {
        for (var score : plant(.8, .002).latents()) {
            int node = PLANTED[score.latent()];
            for (Criterion criterion : List.of(Criterion.F1, Criterion.AP, Criterion.MCC)) {
                var best = Objects.requireNonNull(score.best(criterion));
                assertThat(best.node())
                        .as("%s of latent %d", criterion, score.latent())
                        .isEqualTo(node);
                // A detector that fires on .8 of what it should, and on .002 of the rest, at random strength.
                assertThat(best.auroc()).isCloseTo(.8 + .2 * .5, within(.15));
                assertThat(best.qValue()).isLessThan(1e-4).isGreaterThanOrEqualTo(best.pValue());
            }
            // These know no price of missing the rest: by luck a small part of the synset fires more often than all of
            // it.
            for (Criterion criterion : List.of(Criterion.AUROC, Criterion.LIFT)) {
                var best = Objects.requireNonNull(score.best(criterion));
                assertThat(ILSVRC.ancestors(best.node())).contains(node);
            }
        }
    }

    @Test
    void aDroppedChildLeavesTheSynsetButTakesItsRecall() {
        // "dog" fires on every dog but the retrievers: a hole of five classes of 118, as absorption leaves it.
        int dog = PLANTED[0];
        int retriever = PLANTED[4];
        float[][] values = new float[CLASS_OF.length][1];
        for (int i = 0; i < values.length; i++) {
            boolean isDog = Arrays.binarySearch(ILSVRC.classesBelow(dog), CLASS_OF[i]) >= 0;
            boolean isRetriever = Arrays.binarySearch(ILSVRC.classesBelow(retriever), CLASS_OF[i]) >= 0;
            values[i][0] = isDog && !isRetriever ? 1 + i % 7 : 0;
        }
        var score = new HierarchyScoring(ILSVRC, SPEC)
                .score(PlantedCodes.of(values, 500), CLASS_OF)
                .latents()
                .getFirst();

        var best = Objects.requireNonNull(score.best(Criterion.F1));
        assertThat(best.node()).isEqualTo(dog);
        assertThat(best.precision()).isEqualTo(1);
        assertThat(best.recall()).isCloseTo(113 / 118.0, within(.01));
        assertThat(score.value(Measure.PURITY)).isEqualTo(1);
        assertThat(score.value(Measure.EFFECTIVE_CLASSES)).isCloseTo(113, within(1.0));
    }

    @Test
    void noiseIsNotSignificantAndItsScoresSitAtChance() {
        var random = new SplittableRandom(17);
        float[][] values = new float[CLASS_OF.length][200];
        for (float[] row : values) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextInt(100) == 0 ? random.nextFloat() + 1e-3f : 0;
            }
        }
        var report = new HierarchyScoring(ILSVRC, SPEC)
                .score(PlantedCodes.of(values, 1000), CLASS_OF)
                .report();

        assertThat(report.significance().nTests()).isEqualTo(200L * 1396);
        assertThat(report.significance().latents().values())
                .allSatisfy(found -> assertThat(found.count()).isZero());
        for (var measure : List.of(
                Measure.F1,
                Measure.AP,
                Measure.AUROC,
                Measure.MCC,
                Measure.PRECISION,
                Measure.PURITY,
                Measure.CLASS_PURITY,
                Measure.LCH_DEPTH,
                Measure.LIN_COHERENCE,
                Measure.WU_PALMER_CLASS_COHERENCE)) {
            var score = report.score(measure);
            double error = 4 * Objects.requireNonNull(score.ciHigh()) - 4 * Objects.requireNonNull(score.ciLow());
            assertThat(score.mean()).as("%s", measure).isCloseTo(Objects.requireNonNull(score.chance()), within(error));
            assertThat(score.permuted()).as("%s", measure).isCloseTo(score.mean(), within(error));
        }
    }

    @Test
    void coverageAtCountsWhatSomeLatentDetects() {
        var at = plant(1, 0).report().coverageAt().stream()
                .filter(each -> each.criterion() == Criterion.F1 && each.tau() == .9)
                .findFirst()
                .orElseThrow();

        // The eight planted nodes; "instrument" above stringed ones and the like reach .9 only by holding hardly more.
        assertThat(at.shares().reachable().covered()).isBetween(8, 14);
        assertThat(at.shares().classes().covered()).isEqualTo(1);
        assertThat(at.shares().reachable().permuted()).isZero();
    }

    @Test
    void permutedLabelsSitAtChanceAndPlantedLatentsFarFromIt() {
        int[] dogs = new int[300];
        Arrays.fill(dogs, PLANTED[0]);
        var codes = PlantedCodes.subtrees(ILSVRC, CLASS_OF, dogs, .05, 0, new SplittableRandom(3));
        var report = new HierarchyScoring(ILSVRC, SPEC).score(codes, CLASS_OF).report();
        var height = report.score(Measure.LCH_HEIGHT);
        double chance = Objects.requireNonNull(height.chance());
        double sd = Objects.requireNonNull(height.chanceSd());

        assertThat(report.nEligible()).isEqualTo(300);
        assertThat(height.permuted()).isCloseTo(chance, within(4 * sd * Math.sqrt(1 / 300.0 + 1 / 1000.0)));
        assertThat(height.mean()).isLessThan(6);
        assertThat(Objects.requireNonNull(height.ciHigh())).isLessThan(chance - 5 * sd);

        var f1 = report.score(Measure.F1);
        assertThat(f1.permuted())
                .isCloseTo(
                        Objects.requireNonNull(f1.chance()),
                        within(4 * Objects.requireNonNull(f1.chanceSd()) * Math.sqrt(1 / 300.0 + 1 / 1000.0)));
    }

    @Test
    void agreesWithAPlainImplementationOnRandomCodes() {
        var random = new SplittableRandom(11);
        var taxonomy = Taxonomy.over(WORDNET.dag(), Ilsvrc2012.classes().subList(150, 300));
        int[] classOf = IntStream.range(0, 900)
                .map(i -> i < 150 ? i : random.nextInt(150))
                .toArray();
        float[][] values = new float[classOf.length][12];
        for (float[] row : values) {
            for (int j = 0; j < row.length; j++) {
                // Latent 11 fires on every example, latent 0 on none; values repeat, so ties occur.
                row[j] = random.nextInt(11) < j ? 1 + random.nextInt(50) : -random.nextInt(2);
            }
        }
        var plain = new PlainScores(taxonomy, classOf, values);
        var scores = new HierarchyScoring(taxonomy, SPEC).score(PlantedCodes.of(values, 70), classOf);

        assertThat(scores.report().nEligible()).isEqualTo(11);
        scores.latents().forEach(score -> plain.assertEqual(score, SPEC.topK(), 9));
    }

    @Test
    void theSameSeedGivesTheSameNumbersHoweverTheCodesAreCut() {
        float[][] values = new float[CLASS_OF.length][5];
        var random = new SplittableRandom(5);
        for (float[] row : values) {
            row[random.nextInt(5)] = random.nextFloat();
        }
        var scoring = new HierarchyScoring(ILSVRC, SPEC);

        var whole = scoring.score(PlantedCodes.of(values, CLASS_OF.length), CLASS_OF);
        var pieces = scoring.score(PlantedCodes.of(values, 7), CLASS_OF);

        assertThat(pieces.report()).isEqualTo(whole.report());
        assertThat(pieces.latents()).isEqualTo(whole.latents());
        assertThat(pieces.top(3)).isEqualTo(whole.top(3));
        assertThat(pieces.classes(3)).isEqualTo(whole.classes(3));
    }

    @Test
    void coverageNamesItsDenominators() {
        var whole = plant(1, 0).report().coverage();
        var coverage = whole.total();

        assertThat(coverage.all().denominator()).isEqualTo(1860);
        assertThat(coverage.internal().denominator()).isEqualTo(860);
        assertThat(coverage.reachable().denominator()).isEqualTo(1396);
        assertThat(coverage.classes().denominator()).isEqualTo(1000);
        assertThat(coverage.classes().covered()).isEqualTo(1);
        assertThat(coverage.reachable().covered())
                .isEqualTo(coverage.internal().covered() + coverage.classes().covered());
        assertThat(whole.byDepth().stream()
                        .mapToInt(at -> at.shares().reachable().denominator())
                        .sum())
                .isEqualTo(1396);
        assertThat(whole.byDepth().stream()
                        .mapToInt(at -> at.shares().reachable().covered())
                        .sum())
                .isEqualTo(coverage.reachable().covered());
    }

    @Test
    void saysWhyNoLatentIsEligibleAndScoresNone() {
        float[][] values = new float[CLASS_OF.length][3];
        IntStream.range(0, 9).forEach(i -> values[i][1] = 1);

        var result = new HierarchyScoring(ILSVRC, SPEC).score(PlantedCodes.of(values, 100), CLASS_OF);

        assertThat(result.report().nEligible()).isZero();
        assertThat(result.report().nActiveLatents()).isEqualTo(1);
        assertThat(result.report().score(Measure.LCH_HEIGHT).mean()).isNull();
        assertThat(result.report().coverage().total().all().covered()).isZero();
        assertThat(result.report().notes())
                .singleElement()
                .asString()
                .startsWith("no latent fires on 10 examples (topK), the busiest on 9:");
        assertThat(result.latents()).allSatisfy(score -> assertThat(score.lch()).isEmpty());
    }

    @Test
    void refusesWhatCannotBeScored() {
        var retriever = SynsetId.of("n02099601");
        var one = Taxonomy.over(WORDNET.dag(), List.of(retriever));
        var two = Taxonomy.over(WORDNET.dag(), List.of(retriever, SynsetId.of("n07753592")));
        var codes = PlantedCodes.of(new float[20][2], 20);
        float[][] infinite = new float[20][2];
        infinite[4][1] = Float.POSITIVE_INFINITY;

        assertThatThrownBy(() -> new HierarchyScoring(one, SPEC).score(codes, new int[20]))
                .hasMessageContaining("the only class is n02099601");
        assertThatThrownBy(() -> new HierarchyScoring(two, SPEC).score(codes, new int[20]))
                .hasMessageContaining("no example has the class n07753592");
        assertThatThrownBy(() -> new HierarchyScoring(two, SPEC).score(codes, new int[19]))
                .hasMessageContaining("the codes have 20 examples, the dataset 19");
        assertThatThrownBy(
                        () -> new HierarchyScoring(two, new ScoringSpec(21, .9, 1, 0, 0, 0)).score(codes, new int[20]))
                .hasMessageContaining("topK is 21, but the dataset has only 20 examples");
        assertThatThrownBy(() -> new HierarchyScoring(two, SPEC)
                        .score(
                                PlantedCodes.of(infinite, 20),
                                IntStream.range(0, 20).map(i -> i % 2).toArray()))
                .hasMessageContaining("latent 1 has the value Infinity on example 4");
    }
}

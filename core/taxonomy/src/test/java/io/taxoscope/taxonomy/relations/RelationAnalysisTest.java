package io.taxoscope.taxonomy.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.CommonHypernyms;
import io.taxoscope.taxonomy.relations.RelationResult.Latent;
import io.taxoscope.taxonomy.relations.RelationResult.Pair;
import io.taxoscope.taxonomy.relations.RelationResult.Synset;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationAnalysisTest {
    private static final RelationSpec SPEC = new RelationSpec(.1, 3, 5, 5, 4000, 10, 1000, 20, 200, 7);
    private static final DogShow SHOW = new DogShow();

    /** Not static: class initialisation would wait for worker threads that wait for it. */
    private final RelationResult found = analyse(SHOW.firings());

    @Test
    void aParentFiresWithTheChildThatLeavesItAlone() {
        int dogs = SHOW.reported(SHOW.dog()) - SHOW.reported(SHOW.node("dalmatian"));
        int pugs = SHOW.reported(SHOW.node("pug"));

        assertThat(found.pairs()).extracting(Pair::child).containsExactly(DogShow.DALMATIANS, DogShow.PUGS);
        assertThat(found.pairs()).allMatch(Pair::isDirect).allMatch(pair -> pair.parent() == DogShow.DOGS);
        assertThat(found.pairs().getFirst().nBoth()).isZero();
        var pug = found.pairs().getLast();
        assertThat(pug.parentGivenChild()).isEqualTo(1);
        assertThat(pug.childGivenParent()).isCloseTo((double) pugs / dogs, within(1e-12));
        assertThat(pug.lift()).isCloseTo((double) SHOW.labels.nReported() / dogs, within(1e-12));
    }

    @Test
    void theUnionOfTheChildrenIsComparedWithTheParent() {
        int dalmatians = SHOW.reported(SHOW.node("dalmatian"));
        int dogs = SHOW.reported(SHOW.dog()) - dalmatians;
        int pugs = SHOW.reported(SHOW.node("pug"));

        assertThat(latent(DogShow.DOGS).orHamming())
                .isCloseTo((double) (dogs - pugs + dalmatians) / SHOW.labels.nReported(), within(1e-12));
        assertThat(latent(DogShow.DOGS).orJaccard()).isCloseTo((double) pugs / (dogs + dalmatians), within(1e-12));
        assertThat(latent(DogShow.PUGS).orJaccard()).isNull();
    }

    @Test
    void theHoleIsWhereItWasDug() {
        var holes = Objects.requireNonNull(latent(DogShow.DOGS).holes());

        assertThat(holes.holes()).containsExactly(SHOW.node("dalmatian"));
        assertThat(holes.gap()).isEqualTo(1);
        assertThat(holes.share()).isCloseTo(1.0 / DogShow.BREEDS, within(1e-12));
        assertThat(synset(SHOW.dog()).holes()).isEqualTo(holes);
        assertThat(found.summary().holes().nWithHoles()).isEqualTo(1);
        assertThat(found.summary().holes().gap().control()).isLessThan(.4);
    }

    @Test
    void absorptionIsTheShareOfDogsThatDalmatiansAre() {
        double share = (double) SHOW.reported(SHOW.node("dalmatian")) / SHOW.reported(SHOW.dog());
        var dog = Objects.requireNonNull(synset(SHOW.dog()).absorption());

        assertThat(dog.mainLatents()).containsExactly(DogShow.DOGS);
        assertThat(dog.probeF1()).isEqualTo(1);
        assertThat(dog.nTruePositives()).isEqualTo(SHOW.reported(SHOW.dog()));
        assertThat(dog.full()).isCloseTo(share, within(1e-12));
        assertThat(dog.fraction()).isCloseTo(share, within(1e-9));
        var pug = Objects.requireNonNull(synset(SHOW.node("pug")).absorption());
        assertThat(pug.mainLatents()).containsExactly(DogShow.PUGS);
        assertThat(pug.full()).isZero();
    }

    @Test
    void fewLatentsTogetherMarkASynset() {
        var dog = Objects.requireNonNull(synset(SHOW.dog()).match());
        var tabby = Objects.requireNonNull(synset(SHOW.node("tabby")).match());

        assertThat(dog.latents()).containsExactly(DogShow.DOGS, DogShow.DALMATIANS);
        assertThat(dog.score()).isEqualTo(1);
        assertThat(tabby.latents()).containsExactly(DogShow.TABBIES);
    }

    @Test
    void aWrongPredictionCostsWhatTheTreeSays() {
        int banana = SHOW.node("banana");
        int lch = new CommonHypernyms(SHOW.taxonomy).lowest(new int[] {banana, SHOW.node("tabby")});

        assertThat(latent(DogShow.LIAR).severity()).isEqualTo(SHOW.taxonomy.height(lch));
        assertThat(latent(DogShow.DOGS).severity()).isNull();
        assertThat(latent(DogShow.DOGS).hierarchicalPrecision()).isEqualTo(1);
        assertThat(latent(DogShow.TABBIES).hierarchicalF1()).isEqualTo(1);
        var all = found.summary().predictions();
        assertThat(all.f1()).isGreaterThan(Objects.requireNonNull(all.chanceF1()));
        assertThat(all.errorRate()).isCloseTo((double) SHOW.reported(SHOW.node("tabby")) / all.n(), within(1e-12));
    }

    @Test
    void anglesAreThoseOfTheDirections() {
        var angles = Objects.requireNonNull(found.summary().angles());
        double half = Math.sqrt(.5);

        assertThat(found.pairs().getFirst().cosine()).isCloseTo(half, within(1e-7));
        assertThat(found.pairs().getFirst().stepCosine()).isCloseTo((half - 1) / Math.sqrt(2 - 2 * half), within(1e-7));
        assertThat(found.pairs().getLast().cosine()).isZero();
        assertThat(found.pairs().getLast().stepCosine()).isCloseTo(-half, within(1e-7));
        assertThat(angles.child().mean()).isCloseTo(half / 2, within(1e-7));
        assertThat(angles.whitenedChild()).isNotNull();
        assertThat(Objects.requireNonNull(angles.distances()).nPairs()).isEqualTo(10);
    }

    @Test
    void prototypesOfTheChildrenAreCompared() {
        var dalmatian = new double[] {1.5, 1.5, .5, .5, .5, .5};
        var pug = new double[] {1.5, .5, 1.5, .5, .5, .5};

        assertThat(latent(DogShow.DOGS).prototypeSimilarity()).isCloseTo(cosine(dalmatian, pug), within(1e-6));
    }

    /** Random latents that claim kinship: every score must sit at its control. */
    @Test
    void chanceFindsNothing() {
        var summary = analyse(randomFirings(3)).summary();

        for (ControlledMean score : List.of(
                summary.kinship().parentGivenChild(),
                summary.kinship().childGivenParent(),
                summary.kinship().orJaccard(),
                summary.holes().gap(),
                summary.matchScore())) {
            assertThat(score.mean()).isCloseTo(Objects.requireNonNull(score.control()), within(.1));
        }
        assertThat(summary.kinship().lift().mean()).isCloseTo(1, within(.3));
        var mono = Objects.requireNonNull(summary.mono()).value();
        assertThat(mono.mean()).isCloseTo(Objects.requireNonNull(mono.control()), within(.01));
    }

    @Test
    void predictionsAtRandomAreWorthTheirChanceLevel() {
        var sums = IntStream.range(0, 40)
                .mapToObj(seed -> FiringSets.of(randomFirings(seed), Half.REPORT))
                .map(report -> new HierarchicalScores(SHOW.labels, SHOW.assignment(), report).score())
                .toList();

        assertThat(mean(sums, scores -> scores.all().f1()))
                .isCloseTo(mean(sums, scores -> scores.chance().f1()), within(.005));
        assertThat(mean(sums, scores -> scores.all().severity()))
                .isCloseTo(mean(sums, scores -> scores.chance().severity()), within(.05));
        assertThat(mean(sums, scores -> scores.all().errorRate()))
                .isCloseTo(mean(sums, scores -> scores.chance().errorRate()), within(.01));
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        assertThat(analyse(SHOW.firings())).isEqualTo(found);
    }

    @Test
    void whatIsAbsentIsLeftOut() {
        var inputs = new RelationInputs(SHOW.labels, SHOW.assignment(), SHOW.firings(), null, null, null);
        var bare = RelationAnalysis.analyse(inputs, SPEC, new Progress((done, total) -> {}));

        assertThat(bare.summary().absorbed()).isNull();
        assertThat(bare.summary().mono()).isNull();
        assertThat(bare.summary().alike()).isNull();
        assertThat(bare.summary().angles()).isNull();
        assertThat(bare.summary().kinship()).isEqualTo(found.summary().kinship());
        assertThat(bare.summary().matchScore()).isEqualTo(found.summary().matchScore());
    }

    private static double mean(
            List<HierarchicalScores.Scores> scores, Function<HierarchicalScores.Scores, @Nullable Double> score) {
        return scores.stream()
                .map(score)
                .mapToDouble(Objects::requireNonNull)
                .average()
                .orElseThrow();
    }

    private static Firings randomFirings(int seed) {
        var random = new SplittableRandom(seed);
        var z = new float[SHOW.labels.size()][DogShow.LATENTS];
        for (float[] row : z) {
            for (int latent = 0; latent < row.length; latent++) {
                row[latent] = random.nextDouble() < .2 ? (float) random.nextDouble() : 0;
            }
        }
        return MonoSemanticityTest.firings(z);
    }

    private static RelationResult analyse(Firings firings) {
        var activations = SHOW.activations();
        var inputs = new RelationInputs(
                SHOW.labels, SHOW.assignment(), firings, SHOW.directions(), activations, activations);
        return RelationAnalysis.analyse(inputs, SPEC, new Progress((done, total) -> {}));
    }

    private Latent latent(int latent) {
        return found.latents().stream()
                .filter(row -> row.latent() == latent)
                .findFirst()
                .orElseThrow();
    }

    private Synset synset(int node) {
        return found.synsets().stream()
                .filter(row -> row.node() == node)
                .findFirst()
                .orElseThrow();
    }

    private static double cosine(double[] a, double[] b) {
        double ab = IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
        double aa = IntStream.range(0, a.length).mapToDouble(i -> a[i] * a[i]).sum();
        double bb = IntStream.range(0, b.length).mapToDouble(i -> b[i] * b[i]).sum();
        return ab / Math.sqrt(aa * bb);
    }
}

package io.taxoscope.taxonomy.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.relations.ComparisonResult.Match;
import io.taxoscope.taxonomy.relations.ComparisonResult.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A dictionary compared with a shuffled copy of itself, with noise, and with a stranger. */
class DictionaryComparisonTest {
    private static final ComparisonSpec SPEC = new ComparisonSpec(5, 10, 200, 3);
    private static final Progress UNHEARD = new Progress((done, total) -> {});
    private static final DogShow SHOW = new DogShow();
    private static final int LATENTS = 60;
    private static final int WIDTH = 32;

    @Test
    void findsAShuffledCopyWithItsSynsets() {
        int[] places = shuffled(1);
        var result = comparison(1, places, 1).bySeeds(directions(5, identity()), directions(5, places), UNHEARD);

        assertThat(result.similarity().mean()).isCloseTo(1, within(1e-6));
        assertThat(result.similarity().control()).isLessThan(.6);
        assertThat(result.matches()).hasSize(LATENTS).allMatch(match -> places[match.second()] == match.first());
        assertThat(result.matches())
                .allMatch(match -> match.nBoth() == match.nFirst() && match.relation() == Relation.SAME);
        assertThat(result.nAssigned()).isEqualTo(LATENTS);
        assertThat(result.same().mean()).isEqualTo(1);
        assertThat(result.lin().mean()).isCloseTo(1, within(1e-12));
        // Latents stand for three synsets in equal numbers.
        assertThat(result.same().control()).isCloseTo(1.0 / 3, within(1e-12));
    }

    @Test
    void aStrangerIsNoMoreLikeThanItsControl() {
        var result =
                comparison(1, shuffled(2), 2).bySeeds(directions(5, identity()), directions(6, identity()), UNHEARD);

        assertThat(result.similarity().mean())
                .isCloseTo(Objects.requireNonNull(result.similarity().control()), within(.03));
        assertThat(result.same().mean()).isCloseTo(1.0 / 3, within(.2));
    }

    @Test
    void followsLatentsByTheImagesTheyShare() {
        int[] places = shuffled(3);
        var result = comparison(1, places, 1).byCoActivation(UNHEARD);

        assertThat(result.matches()).allMatch(match -> places[match.second()] == match.first());
        assertThat(result.similarity().mean()).isEqualTo(1);
        assertThat(result.similarity().control()).isLessThan(.3);
        assertThat(Objects.requireNonNull(result.phi()).mean()).isCloseTo(1, within(1e-12));
        assertThat(Objects.requireNonNull(result.phi()).control()).isLessThan(.2);
        assertThat(Objects.requireNonNull(result.reciprocal()).mean()).isEqualTo(1);
        assertThat(result.reciprocal().control()).isLessThan(1);
    }

    @Test
    void coActivationOfStrangersIsThatOfDealtExamples() {
        var result = comparison(1, identity(), 2).byCoActivation(UNHEARD);

        assertThat(result.similarity().mean())
                .isCloseTo(Objects.requireNonNull(result.similarity().control()), within(.02));
        assertThat(Objects.requireNonNull(result.phi()).mean())
                .isCloseTo(Objects.requireNonNull(result.phi().control()), within(.02));
    }

    @Test
    void aBroaderSynsetAtTheOtherEndIsAbove() {
        var assignment = new ArrayList<Assignment.Best>();
        assignment.add(new Assignment.Best(0, SHOW.node("pug"), 1));
        var broader = List.of(new Assignment.Best(0, SHOW.dog(), 1));
        var firings = firings(1, identity());
        var comparison = new DictionaryComparison(
                SHOW.taxonomy,
                new ComparedSide(firings, Assignment.of(LATENTS, assignment, 0, 1)),
                new ComparedSide(firings, Assignment.of(LATENTS, broader, 0, 1)),
                SPEC);

        var match = comparison.byCoActivation(UNHEARD).matches().getFirst();

        assertThat(match.relation()).isEqualTo(Relation.ABOVE);
        assertThat(match.lin()).isBetween(.01, .99);
    }

    @Test
    void theLargerSideLeavesLatentsUnmatched() {
        var firings = firings(1, identity());
        int[] few = {3, 1, 2};
        var side = new ComparedSide(firings, assignment(identity()));
        var other = new ComparedSide(firings(1, few), assignment(few));

        var matches = new DictionaryComparison(SHOW.taxonomy, side, other, SPEC)
                .bySeeds(directions(5, identity()), directions(5, few), UNHEARD)
                .matches();

        assertThat(matches).extracting(Match::first).containsExactly(1, 2, 3);
        assertThat(matches).extracting(Match::second).containsExactly(1, 2, 0);
    }

    private static DictionaryComparison comparison(int seed, int[] placesOfSecond, int seedOfSecond) {
        return new DictionaryComparison(
                SHOW.taxonomy,
                new ComparedSide(firings(seed, identity()), assignment(identity())),
                new ComparedSide(firings(seedOfSecond, placesOfSecond), assignment(placesOfSecond)),
                SPEC);
    }

    /** Three synsets in turn. */
    private static Assignment assignment(int[] places) {
        int[] nodes = {SHOW.node("pug"), SHOW.node("banana"), SHOW.node("geyser")};
        return Assignment.of(
                places.length,
                IntStream.range(0, places.length)
                        .mapToObj(latent -> new Assignment.Best(latent, nodes[places[latent] % 3], 1))
                        .toList(),
                0,
                Integer.MAX_VALUE);
    }

    /** @param places which original latent stands in each place */
    private static Firings firings(int seed, int[] places) {
        var random = new SplittableRandom(seed);
        var z = new float[SHOW.labels.size()][places.length];
        for (float[] row : z) {
            boolean[] fires = new boolean[LATENTS];
            for (int latent = 0; latent < LATENTS; latent++) {
                fires[latent] = random.nextDouble() < .1;
            }
            for (int place = 0; place < places.length; place++) {
                row[place] = fires[places[place]] ? 1 : 0;
            }
        }
        return MonoSemanticityTest.firings(z);
    }

    private static Directions directions(int seed, int[] places) {
        var random = new SplittableRandom(seed);
        float[] original = new float[LATENTS * WIDTH];
        for (int i = 0; i < original.length; i++) {
            original[i] = (float) random.nextGaussian();
        }
        float[] rows = new float[places.length * WIDTH];
        for (int place = 0; place < places.length; place++) {
            System.arraycopy(original, places[place] * WIDTH, rows, place * WIDTH, WIDTH);
        }
        return new Directions(places.length, WIDTH, rows, new float[WIDTH]);
    }

    private static int[] identity() {
        return IntStream.range(0, LATENTS).toArray();
    }

    private static int[] shuffled(int seed) {
        int[] places = identity();
        Seeded.shuffle(places, new SplittableRandom(seed));
        return places;
    }
}

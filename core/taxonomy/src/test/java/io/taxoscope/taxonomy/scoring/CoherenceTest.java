package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.Similarities;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CoherenceTest {
    private static final ClassSimilarities TABLE = Objects.requireNonNull(ClassSimilarities.of(ILSVRC));
    private static final int[] CLASS_OF = ChanceTest.uniform(2);
    private static final Labels LABELS = new Labels(ILSVRC, CLASS_OF);

    @Test
    void tablesEqualTheReferenceAndTheSimilaritiesOfEveryPair() {
        int golden = classOf("n02099601");
        int shepherd = classOf("n02106662");
        int tabby = classOf("n02123045");
        // Section 4.3 of the reference: Lin and Wu-Palmer.
        assertThat(TABLE.lin(golden, shepherd)).isCloseTo(.3094, within(5e-5));
        assertThat(TABLE.wuPalmer(golden, shepherd)).isCloseTo(.8, within(5e-5));
        assertThat(TABLE.lin(tabby, golden)).isCloseTo(.3034, within(5e-5));
        assertThat(TABLE.wuPalmer(tabby, golden)).isCloseTo(.7059, within(5e-5));

        var similarities = new Similarities(ILSVRC.dag(), Similarities.uniform(ILSVRC));
        var random = new SplittableRandom(4);
        for (int i = 0; i < 300; i++) {
            int a = random.nextInt(1000);
            int b = random.nextInt(1000);
            assertThat(TABLE.lin(a, b))
                    .isCloseTo(similarities.lin(ILSVRC.classNode(a), ILSVRC.classNode(b)), within(1e-12));
            assertThat(TABLE.wuPalmer(a, b))
                    .isCloseTo(similarities.wuPalmer(ILSVRC.classNode(a), ILSVRC.classNode(b)), within(1e-12));
        }
    }

    @Test
    void classMassesGiveWhatAllPairsOfExamplesGive() {
        var random = new SplittableRandom(8);
        long[] firings = LongStream.range(0, 300)
                .map(i -> Firing.of(random.nextInt(60) + 1000 * random.nextInt(2), 1 + random.nextInt(5)))
                .sorted()
                .toArray();
        int[] classOf = LABELS.classesOf(firings);
        var classes = new ClassMasses(1000);
        classes.read(firings, classOf);

        double[] pairs = Coherence.ofTop(TABLE, firings, classOf, firings.length);

        assertThat(Coherence.ofClasses(TABLE.linPairs().scratch(), classes)).isCloseTo(pairs[0], within(1e-12));
        assertThat(Coherence.ofClasses(TABLE.wuPalmerPairs().scratch(), classes))
                .isCloseTo(pairs[1], within(1e-12));
    }

    @Test
    void chanceIsTheMeanOverRandomSets() {
        var random = new SplittableRandom(6);
        var subsets = new RandomSubsets(IntStream.range(0, CLASS_OF.length).toArray(), random);
        int[] drawn = new int[10];
        double[] lin = new double[4000];
        for (int i = 0; i < lin.length; i++) {
            subsets.draw(10, drawn);
            long[] firings = Arrays.stream(drawn)
                    .mapToLong(example -> Firing.of(example, 1 + random.nextInt(3)))
                    .toArray();
            lin[i] = Coherence.ofTop(TABLE, firings, LABELS.classesOf(firings), 10)[0];
        }

        assertThat(Coherence.expected(TABLE, LABELS.perClass())[0])
                .isCloseTo(Statistics.mean(lin), within(4 * Statistics.deviation(lin) / Math.sqrt(lin.length)));
    }

    @Test
    void entropyRisesFromTheRootToTheClasses() {
        // oracles.json: entropy_nats(.8,.1,.1). Two retrievers and a banana part at "whole", one above which is shared.
        int[] masses = {8, 1, 1};
        int[] classes = {classOf("n02099601"), classOf("n02099712"), classOf("n07753592")};
        long[] firings = new long[3];
        Arrays.setAll(firings, i -> Firing.of(classes[i], masses[i]));
        var read = new ClassMasses(1000);
        read.read(firings, LABELS.classesOf(firings));
        double[] profile = new EntropyProfile(ILSVRC, EntropyProfile.ways(ILSVRC)).at(read);

        assertThat(EntropyProfile.entropy(read)).isCloseTo(0.639031859650177, within(1e-15));
        assertThat(profile[0]).isZero();
        assertThat(profile[profile.length - 1]).isCloseTo(0.639031859650177, within(1e-15));
        // Between them the retrievers are one: .9 and .1.
        double apart = -.9 * Math.log(.9) - .1 * Math.log(.1);
        int retriever = ILSVRC.dag().maxDepth(ILSVRC.node(SynsetId.of("n02099029")));
        assertThat(profile[retriever]).isCloseTo(apart, within(1e-15));
        assertThat(profile).isSorted();
        assertThat(Arrays.stream(profile).distinct().count()).isEqualTo(3);
    }

    @Test
    void aLabelAboveAnotherKeepsItsOwnMassBelowItself() {
        var dogAndRetriever = Taxonomy.over(ILSVRC.dag(), List.of(SynsetId.of("n02084071"), SynsetId.of("n02099601")));
        var labels = new Labels(dogAndRetriever, new int[] {0, 1});
        var read = new ClassMasses(2);
        long[] firings = {Firing.of(0, 3), Firing.of(1, 1)};
        read.read(firings, labels.classesOf(firings));
        double[] profile = new EntropyProfile(dogAndRetriever, EntropyProfile.ways(dogAndRetriever)).at(read);

        int dog = dogAndRetriever.dag().maxDepth(dogAndRetriever.classNode(0));
        assertThat(profile[dog]).isZero();
        assertThat(profile[dog + 1]).isCloseTo(-.75 * Math.log(.75) - .25 * Math.log(.25), within(1e-15));
    }

    private static int classOf(String wnid) {
        int node = ILSVRC.node(SynsetId.of(wnid));
        for (int c = 0; c < ILSVRC.nClasses(); c++) {
            if (ILSVRC.classNode(c) == node) {
                return c;
            }
        }
        throw new IllegalArgumentException(wnid);
    }
}

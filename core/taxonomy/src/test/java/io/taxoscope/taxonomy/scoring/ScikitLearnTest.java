package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.WORDNET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Against scikit-learn and SciPy on data with many ties; bench/python/scoring_fixtures.py wrote their answers. */
class ScikitLearnTest {
    /** Two retrievers, a shepherd, a tabby, a banana, a sports car. */
    private static final Taxonomy SIX = Taxonomy.over(
            WORDNET.dag(),
            Stream.of("n02099601", "n02099712", "n02106662", "n02123045", "n07753592", "n04285008")
                    .map(SynsetId::of)
                    .toList());

    private static final List<String> LINES = lines();

    private static List<String> lines() {
        try (var in = Objects.requireNonNull(ScikitLearnTest.class.getResourceAsStream("/scikit-learn/scores.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Labels and values of the examples of one half, and for each set of classes AP, AUROC and MCC. */
    private record Case(List<Integer> labels, List<Double> values, Map<String, List<Double>> expected) {}

    private static List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (var line : LINES) {
            var words = line.split(" ", -1);
            switch (words[0]) {
                case "case" ->
                    cases.add(new Case(
                            numbers(words[1]).stream().map(Double::intValue).toList(),
                            numbers(words[2]),
                            new HashMap<>()));
                case "set" ->
                    cases.getLast().expected().put(words[1], numbers(words[2] + "," + words[3] + "," + words[4]));
                default -> {}
            }
        }
        return cases;
    }

    private static List<Double> numbers(String list) {
        return Arrays.stream(list.split(",", -1)).map(Double::valueOf).toList();
    }

    @TestFactory
    Stream<DynamicTest> rankScoresAgreeForEveryNode() {
        return cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.labels().size() + " examples, "
                                + each.values().stream().distinct().count() + " values",
                        () -> compare(each)));
    }

    private static void compare(Case each) {
        int[] examples = IntStream.iterate(0, i -> i + 1)
                .filter(i -> Labels.half(i) == Labels.SELECTION)
                .limit(each.labels().size())
                .toArray();
        int[] classOf = new int[examples[examples.length - 1] + 1];
        for (int i = 0; i < examples.length; i++) {
            classOf[examples[i]] = each.labels().get(i);
        }
        var labels = new Labels(SIX, classOf);
        var frame = new Frame(SIX, new ScoringSpec(2, .9, 1, 0, 0, 0));
        var half = new RankedHalf(frame, labels, Labels.SELECTION);
        IntStream.range(0, examples.length)
                .filter(i -> each.values().get(i) > 0)
                .mapToLong(i -> Firing.of(examples[i], each.values().get(i).floatValue()))
                .sorted()
                .forEach(firing -> half.add(labels.classOf(Firing.example(firing)), Firing.strength(firing)));
        half.rank();

        compareNodes(each, half);
        half.findAllPrecisions();
        compareNodes(each, half);
    }

    private static void compareNodes(Case each, RankedHalf half) {
        int compared = 0;
        for (int node = 0; node < SIX.nNodes(); node++) {
            if (SIX.isReachable(node) && half.canBeRanked(node)) {
                var expected = Objects.requireNonNull(each.expected().get(key(node)));
                assertThat(half.averagePrecision(node)).isCloseTo(expected.get(0), within(1e-12));
                assertThat(half.auroc(node)).isCloseTo(expected.get(1), within(1e-12));
                assertThat(half.mcc(node)).isCloseTo(expected.get(2), within(1e-12));
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(9);
    }

    private static String key(int node) {
        return Arrays.stream(SIX.classesBelow(node)).mapToObj(String::valueOf).collect(Collectors.joining(","));
    }

    @Test
    void tailsAgreeUpToAMillionExamples() {
        var tails = LINES.stream().filter(line -> line.startsWith("tail")).toList();

        assertThat(tails).hasSize(8).allSatisfy(line -> {
            var words = line.split(" ", -1);
            int[] n = Arrays.stream(words, 1, 5).mapToInt(Integer::parseInt).toArray();
            double expected = Double.parseDouble(words[5]);
            assertThat(new Hypergeometric(n[0]).tail(n[3], n[1], n[2])).isCloseTo(expected, within(1e-8 * expected));
        });
    }

    @Test
    void qValuesAgreeWhenTheTestsThatWereNotMadeCountAsOne() {
        var words = LINES.stream()
                .filter(line -> line.startsWith("adjust"))
                .findFirst()
                .orElseThrow()
                .split(" ", -1);
        double[] p = numbers(words[2]).stream().mapToDouble(x -> x).toArray();
        double[] expected = numbers(words[3]).stream().mapToDouble(x -> x).toArray();

        assertThat(FalseDiscoveries.qValues(p, Long.parseLong(words[1]))).containsExactly(expected, within(1e-12));
    }

    @Test
    void rankScoresEqualTheOracle() {
        // oracles.json: positive, negative, positive, positive, negative, negative from the strongest down.
        int[] examples = IntStream.iterate(0, i -> i + 1)
                .filter(i -> Labels.half(i) == Labels.SELECTION)
                .limit(6)
                .toArray();
        int[] classOf = new int[examples[5] + 1];
        Arrays.fill(classOf, 5);
        IntStream.of(0, 2, 3).forEach(i -> classOf[examples[i]] = 4);
        var labels = new Labels(SIX, classOf);
        var frame = new Frame(SIX, new ScoringSpec(2, .9, 1, 0, 0, 0));
        var half = new RankedHalf(frame, labels, Labels.SELECTION);
        for (int i = 0; i < 6; i++) {
            half.add(labels.classOf(examples[i]), Firing.strength(Firing.of(examples[i], 6 - i)));
        }
        half.rank();

        int banana = SIX.classNode(4);
        assertThat(half.averagePrecision(banana)).isCloseTo(0.8055555555555555, within(1e-15));
        assertThat(half.auroc(banana)).isCloseTo(0.7777777777777778, within(1e-15));
    }
}

package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Which examples a probe sees: the first of each kind by the hash that also makes the halves. */
final class ProbeSample {
    private final LabelledExamples labels;
    private final Map<Half, int[]> inOrder = new EnumMap<>(Half.class);

    ProbeSample(LabelledExamples labels) {
        this.labels = labels;
        for (Half half : Half.values()) {
            inOrder.put(
                    half,
                    IntStream.range(0, labels.size())
                            .filter(example -> Half.of(example) == half)
                            .boxed()
                            .sorted(Comparator.<Integer>comparingLong(example -> Seeded.mix(example))
                                    .thenComparing(Comparator.naturalOrder()))
                            .mapToInt(Integer::intValue)
                            .toArray());
        }
    }

    /** At most {@code most} examples that lie below the node, or of those that do not. */
    int[] take(Half half, boolean[] isBelow, boolean positive, int most) {
        return Arrays.stream(inOrder.getOrDefault(half, new int[0]))
                .filter(example -> isBelow[labels.classOf(example)] == positive)
                .limit(most)
                .toArray();
    }
}

package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    /** SAELens, tests/training/test_optim.py: two steps up and four down, and 0 after the last. */
    @Test
    void risesThenFallsInAStraightLine() {
        LearningRate rate = new LearningRate(0.1f, 2, LearningRate.Decay.LINEAR_TO_ZERO);
        assertThat(rates(rate, 6)).containsExactly(new double[] {.05, .1, .1, .075, .05, .025}, within(1e-7));
        assertThat(rate.at(6, 6)).isZero();
    }

    /** The same file: a warm-up of two steps before a constant rate. */
    @Test
    void risesThenStays() {
        LearningRate rate = new LearningRate(0.1f, 2, LearningRate.Decay.CONSTANT);
        assertThat(rates(rate, 5)).containsExactly(new double[] {.05, .1, .1, .1, .1}, within(1e-7));
    }

    @Test
    void risesThenFallsLikeHalfACosine() {
        LearningRate rate = new LearningRate(0.1f, 1, LearningRate.Decay.COSINE_TO_ZERO);
        assertThat(rates(rate, 5)).containsExactly(new double[] {.1, .1, .0853553, .05, .0146447}, within(1e-7));
    }

    @Test
    void staysConstantWithoutDecay() {
        LearningRate rate = new LearningRate(0.1f, 0, LearningRate.Decay.CONSTANT);
        assertThat(rates(rate, 3)).containsExactly(new double[] {.1, .1, .1}, within(1e-7));
    }

    @Test
    void visitsEveryExampleOnceAnEpochInAnOrderOfItsOwn() {
        int[] first = new int[100];
        int[] second = new int[100];
        EpochOrder order = new EpochOrder(7, 100);
        order.fill(0, first);
        order.fill(100, second);
        assertThat(first).isNotEqualTo(second);
        for (int[] epoch : new int[][] {first, second}) {
            Arrays.sort(epoch);
            assertThat(epoch).isEqualTo(IntStream.range(0, 100).toArray());
        }
    }

    @Test
    void givesAResumedTrainingTheSameOrder() {
        int[] whole = new int[90];
        new EpochOrder(7, 40).fill(0, whole);
        int[] tail = new int[30];
        new EpochOrder(7, 40).fill(60, tail);
        assertThat(tail).isEqualTo(Arrays.copyOfRange(whole, 60, 90));
    }

    /** The median of a triangle with an angle of 120 degrees or more is that corner; of a square, its centre. */
    @Test
    void findsTheGeometricMedian() {
        float[] square = {0, 0, 2, 0, 0, 2, 2, 2};
        assertThat(GeometricMedian.of(square, 2)).containsExactly(new float[] {1, 1}, within(1e-4f));
        float[] outlier = {0, 0, 0.1f, 0, -0.1f, 0, 0, 0.1f, 0, -0.1f, 1000, 0};
        assertThat((double) GeometricMedian.of(outlier, 2)[0]).isLessThan(0.1);
    }

    private static double[] rates(LearningRate rate, int steps) {
        return IntStream.range(0, steps)
                .mapToDouble(step -> rate.at(step, steps))
                .toArray();
    }
}

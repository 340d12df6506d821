package io.taxoscope.saeservice.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.sae.training.TrainingMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingPassesTest {
    /** Each holds its own number, and half as much more in passing. */
    @Test
    void trainsAsManyAtOnceAsMemoryHolds() {
        assertThat(cut(List.of(10, 10, 10), 35)).containsExactly(List.of(10, 10, 10));
        assertThat(cut(List.of(10, 10, 10), 34)).containsExactly(List.of(10, 10), List.of(10));
        assertThat(cut(List.of(10, 20, 6, 2), 30)).containsExactly(List.of(10), List.of(20), List.of(6, 2));
        assertThat(cut(List.of(10, 20, 6, 2), 36)).containsExactly(List.of(10), List.of(20, 6), List.of(2));
    }

    @Test
    void givesOneThatDoesNotFitAPassOfItsOwn() {
        assertThat(cut(List.of(1, 50, 1), 10)).containsExactly(List.of(1), List.of(50), List.of(1));
        assertThat(cut(List.of(), 10)).isEmpty();
    }

    private static List<List<Integer>> cut(List<Integer> trainings, long bytes) {
        return TrainingPasses.cut(trainings, held -> new TrainingMemory(held, held / 2), bytes);
    }
}

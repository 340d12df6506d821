package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchTest {
    private static final Shape SHAPE = new Shape(20, 75);
    private static final StepSettings SETTINGS = new StepSettings(4, null, true);

    static Stream<Kernel> kernels() {
        return Stream.of(new ReferenceKernel(), new VectorKernel(2));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void servesSessionsWithDifferentInputScales(Kernel kernel) {
        float[] x_bd = SyntheticSae.gaussians(30 * 20, 1, 1);
        Batch shared = kernel.newBatch(30, 20);
        shared.fill(new InMemoryActivations(x_bd, 20), ascending(30));
        for (float scale : new float[] {0.25f, 1, 8}) {
            float[] scaled_bd = x_bd.clone();
            for (int i = 0; i < scaled_bd.length; i++) {
                scaled_bd[i] *= scale; // by a power of two, so nothing is rounded
            }
            TrainingState expected = afterStep(kernel, 1, HostBatch.of(scaled_bd, 30));
            TrainingState actual = afterStep(kernel, scale, shared);
            assertThat(actual.weights().sameBits(expected.weights())).isTrue();
            assertThat(actual.inputScale()).isEqualTo(scale);
        }
    }

    @Test
    void holdsTheRowsThatItWasFilledWith() {
        Batch batch = new HostBatch(3, 2);
        batch.fill(new InMemoryActivations(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2), new int[] {3, 0});
        assertThat(batch.examples()).isEqualTo(2);
        assertThat(HostBatch.rows(batch)).startsWith(7, 8, 1, 2);
        assertThat(batch.variance()).isCloseTo(36, within(1e-12)); // (7 - 4)² + (1 - 4)², twice
    }

    @Test
    void refusesRowsThatDoNotFit() {
        Batch batch = new HostBatch(1, 2);
        InMemoryActivations narrow = new InMemoryActivations(new float[3], 1);
        InMemoryActivations right = new InMemoryActivations(new float[4], 2);
        assertThatThrownBy(() -> batch.fill(narrow, new int[] {0})).hasMessageContaining("do not fit 1 of 2");
        assertThatThrownBy(() -> batch.fill(right, new int[] {0, 1})).hasMessageContaining("2 rows of 2");
    }

    private static TrainingState afterStep(Kernel kernel, float scale, Batch batch) {
        TrainingState start = TrainingState.initial(SyntheticSae.weights(SHAPE, 3), scale);
        try (var session = kernel.train(start, SETTINGS, 30)) {
            session.step(batch, 1e-3f);
            return session.snapshot();
        }
    }

    private static int[] ascending(int n) {
        return java.util.stream.IntStream.range(0, n).toArray();
    }
}

package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.kernel.VectorKernel;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was worked out beforehand, beside what the heap really holds. */
class TrainingMemoryTest {
    private static final int WIDTH = 128;
    private static final int LATENTS = 8192;
    private static final int BATCH = 2048;
    private static final AuxK AUX_K = new AuxK(1 / 32f, 64, 2_048);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Architecture> architectures() {
        return Stream.of(
                new Architecture.TopK(32, null),
                new Architecture.TopK(64, AUX_K),
                new Architecture.BatchTopK(32, 0.1f, AUX_K),
                new Architecture.Matryoshka(32, new Prefixes.Fixed(List.of(512, 2048, LATENTS)), 0.1f, null),
                new Architecture.Relu(1));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void boundsWhatATrainingHolds(Architecture architecture) {
        var source = new InMemoryActivations(new PlantedDictionary(WIDTH, 200, 8, 1).examples(2 * BATCH, 2), WIDTH);
        var config = new TrainingConfig(
                LATENTS,
                architecture,
                10,
                BATCH,
                new LearningRate(1e-3f, 0, LearningRate.Decay.CONSTANT),
                Optimizer.ADAM,
                true,
                DecoderBias.MEAN,
                1);
        TrainingMemory worked = TrainingMemory.of(config, WIDTH, 2);
        long before = usedHeap();
        try (Trainer trainer = Trainer.start(source, config, new VectorKernel(2))) {
            while (trainer.step() < 4) {
                trainer.advance();
            }
            long held = usedHeap() - before;
            assertThat(held).isBetween((long) (0.5 * worked.held()), worked.held());

            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            assertThat(trainer.snapshot().exportedWeights().allFinite()).isTrue();
            long passing = THREADS.getCurrentThreadAllocatedBytes() - allocated;
            // counts numbers, not the regions that the collector gives to an array
            assertThat(passing).isBetween((long) (0.4 * worked.passing()), worked.passing());
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

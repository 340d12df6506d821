package io.taxoscope.sae.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.format.Checkpoint;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.VectorKernel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many SAEs in one pass over the same activations. */
class SharedTrainingTest {
    private static final PlantedDictionary PLANTED = new PlantedDictionary(24, 40, 3, 1);
    private static final Kernel KERNEL = new VectorKernel(2);
    private static final AuxK AUX_K = new AuxK(1 / 32f, 8, 2_000);

    private final CountingSource source = new CountingSource(new InMemoryActivations(PLANTED.examples(20_000, 2), 24));

    @Test
    void givesEachSaeTheBitsThatItGetsAlone() {
        List<TrainingConfig> configs = sweep();
        List<TrainingState> together = trainTogether(configs);
        for (int i = 0; i < configs.size(); i++) {
            TrainingState alone;
            try (Trainer trainer = Trainer.start(source, configs.get(i), KERNEL)) {
                while (!trainer.done()) {
                    trainer.advance();
                }
                alone = trainer.snapshot();
            }
            assertThat(together.get(i).weights().sameBits(alone.weights()))
                    .as("%s", configs.get(i))
                    .isTrue();
            assertThat(together.get(i).secondMoments().sameBits(alone.secondMoments()))
                    .isTrue();
            assertThat(Double.doubleToRawLongBits(together.get(i).threshold()))
                    .isEqualTo(Double.doubleToRawLongBits(alone.threshold()));
        }
        assertThat(together.get(0).weights().sameBits(together.get(2).weights()))
                .as("another seed gives other weights")
                .isFalse();
    }

    @Test
    void readsEachBatchOnceForAllWhoSeeTheSameOrder() {
        TrainingConfig first = config(32, new Architecture.TopK(3, null), 5, 1, 1, null);
        List<TrainingConfig> configs = List.of(
                first,
                config(48, new Architecture.TopK(5, AUX_K), 5, 1, 1, null),
                config(32, new Architecture.BatchTopK(3, 0.1f, null), 5, 2, 1, null));
        trainTogether(configs.subList(0, 1));
        long alone = source.rowsRead;
        source.rowsRead = 0;

        trainTogether(configs);

        assertThat(source.rowsRead).isEqualTo(alone);
    }

    @Test
    void stopsWhenTheHeldOutExamplesGainNoMore(@TempDir Path folder) {
        TrainingConfig config =
                config(32, new Architecture.TopK(3, AUX_K), 2_000, 1, 1, new EarlyStopping(500, 20, 3, 0.002));
        List<Double> measured = new ArrayList<>();
        TrainingState whole;
        try (Trainer trainer = Trainer.start(source, config, KERNEL)) {
            while (!trainer.done()) {
                trainer.advance();
                if (trainer.step() % 20 == 0) {
                    measured.add(trainer.validation().fvu());
                }
            }
            assertThat(trainer.hasStoppedEarly()).isTrue();
            assertThat(trainer.step()).isLessThan(1_000).isEqualTo(stopOf(measured, 3, 0.002) * 20);
            whole = trainer.snapshot();
        }
        assertThat(measured.getLast()).isLessThan(measured.getFirst());

        Path file = folder.resolve("checkpoint.safetensors");
        try (Trainer killed = Trainer.start(source, config, KERNEL)) {
            while (killed.step() < whole.step() - 27) {
                killed.advance();
            }
            Checkpoint.write(file, killed.snapshot(), killed.validation(), "this");
        }
        try (Trainer resumed = Trainer.resume(
                new TrainingData(source, KERNEL),
                config,
                Checkpoint.read(file, "this"),
                Checkpoint.readValidation(file))) {
            while (!resumed.done()) {
                resumed.advance();
            }
            assertThat(resumed.step()).isEqualTo(whole.step());
            assertThat(resumed.snapshot().weights().sameBits(whole.weights())).isTrue();
        }
    }

    @Test
    void trainsOnNoneOfTheExamplesThatAreHeldOut() {
        var architecture = new Architecture.TopK(3, null);
        TrainingState untrained;
        try (Trainer trainer = Trainer.start(source, config(32, architecture, 0, 1, 1, null), KERNEL)) {
            untrained = trainer.snapshot();
        }
        var heldOut = new HeldOut(source, 7, 19_000);
        source.gathered.clear();
        assertThat(heldOut.fvu(KERNEL, untrained.exportedWeights(), architecture.activation()))
                .isPositive();
        Set<Integer> measured = Set.copyOf(source.gathered);
        assertThat(measured).hasSize(19_000);

        source.gathered.clear();
        new BatchStream(source, KERNEL, 7, 2_000, heldOut.others()).batch(0);
        assertThat(source.gathered).hasSize(2_000).doesNotContainAnyElementsOf(measured);
        assertThat(Set.copyOf(source.gathered)).hasSize(1_000);
    }

    /** By the definition: the first measurement that is the patience-th in a row without a gain over the best. */
    private static int stopOf(List<Double> fvus, int patience, double minImprovement) {
        double best = fvus.getFirst();
        int waited = 0;
        for (int i = 1; i < fvus.size(); i++) {
            if (fvus.get(i) < best - minImprovement) {
                best = fvus.get(i);
                waited = 0;
            } else if (++waited == patience) {
                return i + 1;
            }
        }
        return -1;
    }

    private List<TrainingState> trainTogether(List<TrainingConfig> configs) {
        var data = new TrainingData(source, KERNEL);
        List<Trainer> trainers = new ArrayList<>();
        configs.forEach(config -> trainers.add(Trainer.start(data, config)));
        while (trainers.stream().anyMatch(trainer -> !trainer.done())) {
            trainers.stream().filter(trainer -> !trainer.done()).forEach(Trainer::advance);
        }
        List<TrainingState> states = trainers.stream().map(Trainer::snapshot).toList();
        trainers.forEach(Trainer::close);
        return states;
    }

    private static List<TrainingConfig> sweep() {
        return List.of(
                config(40, new Architecture.TopK(3, AUX_K), 20, 1, 1, null),
                config(64, new Architecture.TopK(5, null), 13, 1, 1, null),
                config(40, new Architecture.TopK(3, AUX_K), 20, 2, 2, null),
                config(40, new Architecture.TopK(3, AUX_K), 20, 2, 1, null),
                config(48, new Architecture.BatchTopK(4, 0.1f, null), 20, 1, 1, null),
                config(48, new Architecture.Relu(1), 20, 3, 1, null),
                config(
                        64,
                        new Architecture.Matryoshka(4, new Prefixes.Random(3, 0.5, 64, 1), 0.1f, AUX_K),
                        20,
                        1,
                        1,
                        new EarlyStopping(200, 5, 2, 0)));
    }

    private static TrainingConfig config(
            int latents,
            Architecture architecture,
            int steps,
            long seed,
            long orderSeed,
            @Nullable EarlyStopping earlyStopping) {
        return new TrainingConfig(
                latents,
                architecture,
                steps,
                256,
                new LearningRate(3e-3f, 5, LearningRate.Decay.CONSTANT),
                Optimizer.ADAM,
                Conventions.of(true),
                DecoderBias.GEOMETRIC_MEDIAN,
                seed,
                orderSeed,
                earlyStopping);
    }

    /** Counts what is read. */
    private static final class CountingSource implements ActivationSource {
        private final ActivationSource behind;
        private final List<Integer> gathered = new ArrayList<>();
        private long rowsRead;

        CountingSource(ActivationSource behind) {
            this.behind = behind;
        }

        @Override
        public int nExamples() {
            return behind.nExamples();
        }

        @Override
        public int width() {
            return behind.width();
        }

        @Override
        public void rows(int first, int n, float[] out_bd) {
            rowsRead += n;
            behind.rows(first, n, out_bd);
        }

        @Override
        public void gather(int[] rows, int count, float[] out_bd) {
            rowsRead += count;
            for (int i = 0; i < count; i++) {
                gathered.add(rows[i]);
            }
            behind.gather(rows, count, out_bd);
        }
    }
}

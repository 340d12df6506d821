package io.taxoscope.bench;

import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.Batch;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.StepSettings;
import io.taxoscope.sae.kernel.TrainingSession;
import io.taxoscope.sae.kernel.VectorKernel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Times one TopK training step: {@code SaeStepBenchmark WIDTH LATENTS K BATCH THREADS STEPS}. Prints one JSON line, which
 * {@code bench/python/sae_step.py} sets beside PyTorch's.
 */
public final class SaeStepBenchmark {
    private static final int WARM_UP = 4;

    private SaeStepBenchmark() {}

    public static void main(String[] args) {
        int[] sizes = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        if (sizes.length != 6) {
            throw new IllegalArgumentException("WIDTH LATENTS K BATCH THREADS STEPS, not " + Arrays.toString(args));
        }
        measure(new Shape(sizes[0], sizes[1]), sizes[2], sizes[3], sizes[4], sizes[5]);
    }

    private static void measure(Shape shape, int k, int batch, int threads, int steps) {
        Kernel kernel = new VectorKernel(threads);
        Batch x = kernel.newBatch(batch, shape.width());
        x.fill(
                new InMemoryActivations(gaussians(batch * shape.width(), 2), shape.width()),
                IntStream.range(0, batch).toArray());
        double[] seconds = new double[steps];
        long processorStart = 0;
        try (TrainingSession session =
                kernel.train(TrainingState.initial(weights(shape), 1), new StepSettings(k, null, true), batch)) {
            for (int step = -WARM_UP; step < steps; step++) {
                if (step == 0) {
                    processorStart = processorNanos();
                }
                long start = System.nanoTime();
                session.step(x, 1e-4f);
                if (step >= 0) {
                    seconds[step] = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        double processorSeconds = (processorNanos() - processorStart) / 1e9 / steps;
        System.out.printf(
                Locale.ROOT,
                "{\"kernel\": \"%s\", \"wallSeconds\": %s, \"processorSeconds\": %.4f}%n",
                kernel.name(),
                Arrays.toString(seconds),
                processorSeconds);
    }

    /** Time that all threads of this process have run, the compiler's included. */
    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    private static Parameters weights(Shape shape) {
        float[] w_sd = gaussians(shape.elements(), 1);
        for (int row = 0; row < w_sd.length; row += shape.width()) {
            double square = 0;
            for (int i = row; i < row + shape.width(); i++) {
                square += (double) w_sd[i] * w_sd[i];
            }
            for (int i = row; i < row + shape.width(); i++) {
                w_sd[i] = (float) (w_sd[i] / Math.sqrt(square));
            }
        }
        return new Parameters(shape, w_sd.clone(), w_sd, new float[shape.latents()], new float[shape.width()]);
    }

    private static float[] gaussians(int n, long seed) {
        Random random = new Random(seed);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}

package io.taxoscope.bench;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.AuxK;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.Shape;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.Batch;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.StepSettings;
import io.taxoscope.sae.kernel.TrainingSession;
import io.taxoscope.sae.kernel.VectorKernel;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/**
 * Times one training step: {@code SaeStepBenchmark WIDTH LATENTS K BATCH THREADS STEPS [TOPK|AUXK|BATCH_TOPK|MATRYOSHKA]}.
 * Between the steps it measures the machine's peaks. Prints one JSON line, which {@code bench/python/sae_step.py} sets
 * beside PyTorch's.
 */
public final class SaeStepBenchmark {
    private static final int WARM_UP = 4;
    /** With AUXK one latent in twenty is dead. */
    private static final int DEAD_EVERY = 20;

    private static final int K_AUX = 512;

    private final Shape shape;
    private final int batch;
    private final int steps;
    private final double[] wall;
    private final double[] fma;
    private final double[] triad;

    private SaeStepBenchmark(Shape shape, int batch, int steps) {
        this.shape = shape;
        this.batch = batch;
        this.steps = steps;
        this.wall = new double[steps];
        this.fma = new double[steps];
        this.triad = new double[steps];
    }

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        if (args.length < 6) {
            throw new IllegalArgumentException("WIDTH LATENTS K BATCH THREADS STEPS, not " + Arrays.toString(args));
        }
        int[] sizes = Arrays.stream(args).limit(6).mapToInt(Integer::parseInt).toArray();
        Architecture architecture = architecture(args.length > 6 ? args[6] : "TOPK", sizes[2], sizes[1]);
        new SaeStepBenchmark(new Shape(sizes[0], sizes[1]), sizes[3], sizes[5]).measure(architecture, sizes[4]);
    }

    private static Architecture architecture(String name, int k, int latents) {
        return switch (name) {
            case "TOPK" -> new Architecture.TopK(k, null);
            case "AUXK" -> new Architecture.TopK(k, new AuxK(1 / 32f, K_AUX, 1_000_000));
            case "BATCH_TOPK" -> new Architecture.BatchTopK(k, 0.01f, null);
            case "MATRYOSHKA" -> {
                List<Integer> ends = List.of(latents / 16, latents / 8, latents / 4, latents / 2, latents);
                yield new Architecture.Matryoshka(k, new Prefixes.Fixed(ends), 0.01f, null);
            }
            default -> throw new IllegalArgumentException("no architecture " + name + " here");
        };
    }

    private void measure(Architecture architecture, int threads) throws InterruptedException, ExecutionException {
        Kernel kernel = new VectorKernel(threads);
        long before = usedBytes();
        Batch x = kernel.newBatch(batch, shape.width());
        float[] rows_bd = gaussians(batch * shape.width(), 2);
        x.fill(
                new InMemoryActivations(rows_bd, shape.width()),
                IntStream.range(0, batch).toArray());
        double processorSeconds = 0;
        long memory;
        try (TrainingSession session = kernel.train(start(architecture), new StepSettings(architecture, true), batch)) {
            session.step(x, 1e-4f);
            memory = usedBytes() - before - (long) rows_bd.length * Float.BYTES;
            try (MachinePeaks peaks = new MachinePeaks(threads)) {
                for (int step = 1 - WARM_UP; step < steps; step++) {
                    double seconds = step(session, x, step);
                    processorSeconds += step >= 0 ? seconds : 0;
                    fma[Math.max(0, step)] = peaks.fma();
                    triad[Math.max(0, step)] = peaks.triad();
                }
            }
        }
        print(kernel.name(), processorSeconds / steps, memory / (double) necessaryBytes());
    }

    private double step(TrainingSession session, Batch x, int step) {
        long processorStart = processorNanos();
        long start = System.nanoTime();
        session.step(x, 1e-4f);
        if (step >= 0) {
            wall[step] = (System.nanoTime() - start) / 1e9;
        }
        return (processorNanos() - processorStart) / 1e9;
    }

    private void print(String kernel, double processorSeconds, double memoryRatio) {
        double encoderFlops = 2.0 * batch * shape.width() * shape.latents();
        double peak = MachinePeaks.median(fma);
        System.out.printf(
                Locale.ROOT,
                "{\"kernel\": \"%s\", \"wallSeconds\": %s, \"processorSeconds\": %.4f, \"fmaGflops\": %.1f, "
                        + "\"triadGbytes\": %.1f, \"floorSeconds\": %.4f, \"peakShare\": %.3f, \"memoryRatio\": %.3f}%n",
                kernel,
                Arrays.toString(wall),
                processorSeconds,
                peak / 1e9,
                MachinePeaks.median(triad) / 1e9,
                encoderFlops / peak,
                encoderFlops / peak / processorSeconds,
                memoryRatio);
    }

    /** Weights, both moments, one batch. */
    private long necessaryBytes() {
        long parameters = 2L * shape.elements() + shape.latents() + shape.width();
        return Float.BYTES * (3 * parameters + (long) batch * shape.width());
    }

    /** Heap in use after a collection, and memory beside it that buffers hold. */
    private static long usedBytes() {
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(java.lang.management.BufferPoolMXBean.class).stream()
                .mapToLong(java.lang.management.BufferPoolMXBean::getMemoryUsed)
                .sum();
        return direct + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Time that all threads of this process have run, the compiler's included. */
    private static long processorNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private TrainingState start(Architecture architecture) {
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
        float[] wEnc_sd = w_sd.clone();
        Parameters weights = new Parameters(shape, wEnc_sd, w_sd, new float[shape.latents()], new float[shape.width()]);
        TrainingState state = TrainingState.initial(weights, 1);
        for (int latent = 0; latent < shape.latents() && architecture.auxK() != null; latent += DEAD_EVERY) {
            state.silentFor_s()[latent] = Long.MAX_VALUE / 2;
            for (int i = latent * shape.width(); i < (latent + 1) * shape.width(); i++) {
                wEnc_sd[i] *= 0.1f; // above zero every other time, but never among the strongest
            }
        }
        return state;
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

package io.taxoscope.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * What the machine can do at most, measured beside what is compared with it: all threads at once, in processor time, so
 * that a shared machine slows both alike.
 */
final class MachinePeaks implements AutoCloseable {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int ROUNDS = 200_000;
    private static final int CHAINS = 12;
    private static final int TRIAD = 1 << 22;

    private final int threads;
    private final ExecutorService pool;
    private final float[][] a;
    private final float[][] b;
    private final float[][] c;
    private final float[] sink;

    MachinePeaks(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads);
        this.a = new float[threads][TRIAD];
        this.b = new float[threads][TRIAD];
        this.c = new float[threads][TRIAD];
        this.sink = new float[threads];
    }

    /** Fused multiply-adds on registers, in floating-point operations per processor second of one thread. */
    double fma() throws InterruptedException, ExecutionException {
        return 2.0 * CHAINS * LANES.length() * ROUNDS / seconds(thread -> sink[thread] += chains(a[thread]));
    }

    /** {@code a = b + 3 c} beyond the caches, in bytes per processor second of one thread. */
    double triad() throws InterruptedException, ExecutionException {
        return 3.0 * Float.BYTES * TRIAD / seconds(thread -> triad(a[thread], b[thread], c[thread]));
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    private interface Work {
        void run(int thread);
    }

    /** Mean over the threads of the processor time that {@code work} takes. */
    private double seconds(Work work) throws InterruptedException, ExecutionException {
        double sum = 0;
        for (var future : pool.invokeAll(IntStream.range(0, threads)
                .mapToObj(thread -> timed(work, thread))
                .toList())) {
            sum += future.get();
        }
        return sum / threads;
    }

    private static Callable<Double> timed(Work work, int thread) {
        return () -> {
            var clock = ManagementFactory.getThreadMXBean();
            long start = clock.getCurrentThreadCpuTime();
            work.run(thread);
            return (clock.getCurrentThreadCpuTime() - start) / 1e9;
        };
    }

    /** Twelve independent chains: more than latency times units of any CPU of today. */
    private static float chains(float[] from) {
        FloatVector x = FloatVector.fromArray(LANES, from, 0);
        FloatVector s0 = x;
        FloatVector s1 = x;
        FloatVector s2 = x;
        FloatVector s3 = x;
        FloatVector s4 = x;
        FloatVector s5 = x;
        FloatVector s6 = x;
        FloatVector s7 = x;
        FloatVector s8 = x;
        FloatVector s9 = x;
        FloatVector s10 = x;
        FloatVector s11 = x;
        for (int i = 0; i < ROUNDS; i++) {
            s0 = x.fma(x, s0);
            s1 = x.fma(x, s1);
            s2 = x.fma(x, s2);
            s3 = x.fma(x, s3);
            s4 = x.fma(x, s4);
            s5 = x.fma(x, s5);
            s6 = x.fma(x, s6);
            s7 = x.fma(x, s7);
            s8 = x.fma(x, s8);
            s9 = x.fma(x, s9);
            s10 = x.fma(x, s10);
            s11 = x.fma(x, s11);
        }
        FloatVector low = s0.add(s1).add(s2).add(s3).add(s4).add(s5);
        return low.add(s6).add(s7).add(s8).add(s9).add(s10).add(s11).lane(0);
    }

    private static void triad(float[] a, float[] b, float[] c) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + 3 * c[i];
        }
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}

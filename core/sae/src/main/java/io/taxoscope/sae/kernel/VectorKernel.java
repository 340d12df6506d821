package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;

/**
 * The Vector API kernel. Only the encoder's product is dense; decoding and both weight gradients cost
 * {@code examples * active latents * width}, for every architecture. The result does not depend on the number of threads: work is cut into chunks of fixed
 * size, each chunk's sums are kept apart, and the sums are added in the chunks' order.
 */
public final class VectorKernel implements Kernel {
    /**
     * The share of active latents from which dense products take less time than gathering rows: measured, see
     * docs/sae.md. It decides time, and the order of additions, but not what is computed.
     */
    static final double DENSE_FROM = 0.125;

    private final int threads;
    private final double denseFrom;

    public VectorKernel(int threads) {
        this(threads, DENSE_FROM);
    }

    VectorKernel(int threads, double denseFrom) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be positive: " + threads);
        }
        this.threads = threads;
        this.denseFrom = denseFrom;
    }

    /** Whether this JVM was started with {@code --add-modules jdk.incubator.vector}. */
    public static boolean available() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    @Override
    public String name() {
        return "vector-" + Lanes.FLOATS.vectorBitSize();
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public Batch newBatch(int maxExamples, int width) {
        return new HostBatch(maxExamples, width);
    }

    @Override
    public TrainingSession train(TrainingState state, StepSettings settings, int maxBatch) {
        return new VectorTraining(state, settings, maxBatch, threads, denseFrom);
    }

    @Override
    public EncodingSession encode(Parameters weights, Activation activation, int maxBatch) {
        return new VectorEncoding(weights, activation, maxBatch, threads);
    }
}

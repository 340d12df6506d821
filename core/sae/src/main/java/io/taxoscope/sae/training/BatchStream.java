package io.taxoscope.sae.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.kernel.Batch;
import io.taxoscope.sae.kernel.Kernel;
import org.jspecify.annotations.Nullable;

/** The batches of one training order. Trainings that stand at the same step get the batch that was read once. */
final class BatchStream {
    private final ActivationSource source;
    private final int @Nullable [] among;
    private final EpochOrder order;
    private final int[] rows;
    private final Batch batch;
    private long loaded = -1;
    private double variance = Double.NaN;

    /** @param among the examples to choose from; null for all */
    BatchStream(ActivationSource source, Kernel kernel, long orderSeed, int batchSize, int @Nullable [] among) {
        this.source = source;
        this.among = among;
        this.order = new EpochOrder(orderSeed, among == null ? source.nExamples() : among.length);
        this.rows = new int[batchSize];
        this.batch = kernel.newBatch(batchSize, source.width());
    }

    /** The batch of the step after {@code finished} ones; its content lives until another one is asked for. */
    Batch batch(int finished) {
        if (loaded != finished) {
            order.fill((long) finished * rows.length, rows);
            for (int i = 0; among != null && i < rows.length; i++) {
                rows[i] = among[rows[i]];
            }
            batch.fill(source, rows);
            loaded = finished;
            variance = Double.NaN;
        }
        return batch;
    }

    /** Squared distance of the examples of a batch from their mean, in the activations' own units. */
    double variance(int finished) {
        batch(finished);
        if (Double.isNaN(variance)) {
            variance = batch.variance();
        }
        return variance;
    }
}

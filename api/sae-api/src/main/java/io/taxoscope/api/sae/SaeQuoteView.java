package io.taxoscope.api.sae;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What trainings would take on the machine that answers, before any is started.
 *
 * @param saes in the order of the request
 * @param passes positions of the SAEs that would be trained at once, pass by pass
 * @param memory heap of the largest pass, beside what trainings may have
 * @param disk in the store, beside what is free there
 * @param fits whether it would be accepted
 * @param seconds all trainings together, once they have begun; absent when a step could not be measured
 * @param kernel what would do the arithmetic
 * @param threads of the kernel
 * @param otherJobs jobs that the service was at while it measured: they slow both the measurement and the training
 */
public record SaeQuoteView(
        List<Quote> saes,
        List<List<Integer>> passes,
        Space memory,
        Space disk,
        boolean fits,
        @Nullable Double seconds,
        String kernel,
        int threads,
        int otherJobs) {
    /** In bytes. */
    public record Space(long needed, long available) {}

    /**
     * @param memoryHeld bytes of heap while it trains
     * @param memoryPassing bytes more for moments, while it starts and is saved
     * @param disk bytes in the store: checkpoints while it trains, weights and snapshots afterwards
     * @param stepSeconds median time of one step, measured on the activations' first rows; absent when that could not be
     *     done beside what runs
     * @param probedSteps steps that it was taken from
     * @param seconds of all steps
     */
    public record Quote(
            int inputWidth,
            int latents,
            long memoryHeld,
            long memoryPassing,
            long disk,
            @Nullable Double stepSeconds,
            int probedSteps,
            @Nullable Double seconds) {}
}

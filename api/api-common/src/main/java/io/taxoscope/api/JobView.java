package io.taxoscope.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of a piece of long work.
 *
 * @param state where it stands
 * @param progress how far it is; zeros before it starts
 * @param attempts how often a worker has started it; above 1 after a crash or a retry
 * @param createdAt when it was submitted (ISO-8601, UTC)
 * @param startedAt when a worker first took it
 * @param finishedAt when it reached a final state
 * @param error why it failed
 */
public record JobView(
        JobState state,
        Progress progress,
        int attempts,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable JobError error) {

    /**
     * @param done units finished
     * @param total units in all; 0 while unknown
     * @param unit what is counted, such as {@code images} or {@code steps}
     * @param perSecond units a second over the present attempt
     * @param etaSeconds seconds until done at that rate
     */
    public record Progress(
            long done,
            long total,
            String unit,
            @Nullable Double perSecond,
            @Nullable Double etaSeconds) {
        public static final Progress NONE = new Progress(0, 0, "", null, null);
    }

    /**
     * @param code stable name to branch on, such as {@code ACTIVATIONS_NOT_FINITE}
     * @param detail a sentence for a person: what went wrong and what to do
     */
    public record JobError(String code, String detail) {}
}

package io.taxoscope.support.jobs;

import java.time.Duration;

/** How a run of a job ended. */
public sealed interface JobOutcome {
    /** @param save stores the result, in the very transaction that marks the job SUCCEEDED */
    record Done(Runnable save) implements JobOutcome {}

    /** Not finished, but nothing to do before {@code delay} has passed; gives the worker back meanwhile. */
    record Again(Duration delay) implements JobOutcome {}

    static JobOutcome done(Runnable save) {
        return new Done(save);
    }

    static JobOutcome again(Duration delay) {
        return new Again(delay);
    }
}

package io.taxoscope.support.jobs;

import io.taxoscope.common.TaxoscopeException;

/** What a running job may ask and tell. Thread-safe. */
public interface JobContext {
    String id();

    /**
     * Reports progress; cheap enough to call for every batch, for it writes at most every half second.
     *
     * @param total 0 while unknown
     * @throws JobStopped when the job was cancelled, another worker has taken it over, or the process is stopping:
     *     let it pass through
     */
    void progress(long done, long total, String unit);

    /** @throws JobStopped as {@link #progress} does */
    void checkStopped();

    /** Ends a run that is to run no more; deliberately not a {@link TaxoscopeException}, since nothing is wrong. */
    final class JobStopped extends RuntimeException {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        /** Why the run must end. */
        public enum Reason {
            CANCELLED,
            TAKEN_OVER,
            SHUTDOWN
        }

        private final Reason reason;

        JobStopped(String id, Reason reason) {
            super("job " + id + " stops: " + reason, null, false, false);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }
}

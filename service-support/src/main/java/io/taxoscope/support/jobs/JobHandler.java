package io.taxoscope.support.jobs;

/**
 * Does one kind of job. A run may be cut off at any instruction and start again elsewhere, so it must be idempotent:
 * commit in pieces that a later run recognises and skips.
 */
public interface JobHandler {
    /** Stable name, stored with the job. */
    String kind();

    /**
     * Works on the job {@code context.id()}, reporting progress often: that is also how it learns that it was cancelled.
     *
     * @throws Exception a {@code TaxoscopeException} of kind INVALID, NOT_FOUND or CONFLICT fails the job at once; any
     *     other failure is tried again a few times
     */
    JobOutcome run(JobContext context) throws Exception;

    /** The job has failed for good; called in the transaction that says so. */
    default void failed(String id, String code, String detail) {}

    /** Clears up after a job that was cancelled, just before it is called CANCELLED. Must be idempotent. */
    default void cancelled(String id) {}
}

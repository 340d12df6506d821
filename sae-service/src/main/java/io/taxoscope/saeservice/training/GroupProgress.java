package io.taxoscope.saeservice.training;

import io.taxoscope.support.jobs.JobContext;

/**
 * How far a group is: SAEs that have ended, in hundredths.
 *
 * @param before SAEs of earlier passes
 * @param all SAEs that were left when this attempt began
 */
record GroupProgress(JobContext context, int before, int all) {
    private static final int PARTS = 100;

    /** @param done share of the pass's trainings, added up: 2.5 when two have ended and one is half way */
    void report(double done) {
        context.progress(Math.round(PARTS * (before + done)), (long) PARTS * all, "percent of an SAE");
    }
}

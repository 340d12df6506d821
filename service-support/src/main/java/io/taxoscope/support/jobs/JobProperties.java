package io.taxoscope.support.jobs;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How jobs are retried. How many run at once is {@code taxoscope.jobs.concurrency}, and how soon a dead worker is
 * noticed {@code taxoscope.jobs.heartbeat} (four missed ones); both go to db-scheduler.
 *
 * @param maxAttempts runs that may fail before the job does
 * @param maxCrashes workers that may die over a job before it fails: it might be what kills them
 * @param firstBackoff pause after the first failure; each further one is four times as long
 * @param progressInterval how often progress is written and the cancel flag read
 */
@Validated
@ConfigurationProperties("taxoscope.jobs")
record JobProperties(
        @DefaultValue("3") @Positive int maxAttempts,
        @DefaultValue("20") @Positive int maxCrashes,
        @DefaultValue("2s") @NotNull Duration firstBackoff,
        @DefaultValue("500ms") @NotNull Duration progressInterval) {

    Duration backoff(int failures) {
        return firstBackoff.multipliedBy(1L << Math.min(2 * (failures - 1), 20));
    }
}

package io.taxoscope.saeservice.training;

import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.training.TrainingConfig;
import io.taxoscope.sae.training.TrainingMemory;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** The heap that the trainings of one job may take, and what a training takes of it. */
@Component
class TrainingBudget {
    /** What trainings may have of the heap; the rest is for requests, and for the collector to work with. */
    private static final double SHARE = 0.6;

    private final long bytes;
    private final int threads;

    TrainingBudget(TrainingProperties properties, Kernel kernel, Environment environment) {
        int jobsAtOnce = environment.getProperty("taxoscope.jobs.concurrency", Integer.class, 1);
        DataSize given = properties.memory();
        this.bytes = given == null ? (long) (SHARE * Runtime.getRuntime().maxMemory() / jobsAtOnce) : given.toBytes();
        this.threads = kernel.threads();
    }

    long bytes() {
        return bytes;
    }

    TrainingMemory of(TrainingConfig config, int width) {
        return TrainingMemory.of(config, width, threads);
    }
}

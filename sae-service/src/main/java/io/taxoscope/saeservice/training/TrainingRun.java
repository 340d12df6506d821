package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeView.CurvePoint;
import io.taxoscope.sae.format.Checkpoint;
import io.taxoscope.sae.training.Trainer;
import io.taxoscope.sae.training.TrainingConfig;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobContext.JobStopped;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt at a training, alone or beside others: steps, curve points, snapshots and checkpoints. */
final class TrainingRun implements AutoCloseable {
    private static final long CURVE_INTERVAL = Duration.ofSeconds(1).toNanos();
    /** Checkpoints of all trainings of a pass together may take this share of the time at most. */
    private static final int CHECKPOINT_SHARE = 20;

    private final Trainer trainer;
    private final TrainingConfig config;
    private final JobContext context;
    private final CheckpointFile checkpoint;
    private final int together;
    private final Curves curves;
    private final TrainingProperties properties;
    private final SnapshotKeeper snapshots;
    private final List<CurvePoint> unwritten = new ArrayList<>();
    private double seconds;
    private long curveDue;
    private long checkpointDue;

    /**
     * Where a training is put down.
     *
     * @param training names the config and the activations
     */
    record CheckpointFile(Path path, String training) {}

    /**
     * @param secondsBefore what earlier attempts spent on the steps that are done
     * @param together trainings of the same pass
     */
    TrainingRun(
            Trainer trainer,
            TrainingConfig config,
            JobContext context,
            CheckpointFile checkpoint,
            SnapshotKeeper snapshots,
            Curves curves,
            TrainingProperties properties,
            double secondsBefore,
            int together) {
        this.trainer = trainer;
        this.config = config;
        this.context = context;
        this.checkpoint = checkpoint;
        this.snapshots = snapshots;
        this.curves = curves;
        this.properties = properties;
        this.together = together;
        this.seconds = trainer.step() == 0 ? 0 : secondsBefore;
        this.checkpointDue = System.nanoTime() + properties.checkpointInterval().toNanos();
    }

    boolean isDone() {
        return trainer.done();
    }

    int step() {
        return trainer.step();
    }

    int steps() {
        return config.steps();
    }

    Trainer trainer() {
        return trainer;
    }

    /** The steps taken, when early stopping ended it. */
    @Nullable Integer stoppedAt() {
        return trainer.hasStoppedEarly() ? trainer.step() : null;
    }

    /** Time in steps that count: those that a killed attempt lost are left out. */
    double seconds() {
        return seconds;
    }

    /** All steps that are left. */
    void finish() {
        try {
            reportProgress();
            while (!isDone()) {
                advance();
            }
        } catch (JobStopped stopped) {
            if (stopped.reason() == JobStopped.Reason.SHUTDOWN) {
                putDown();
            }
            throw stopped;
        }
    }

    void reportProgress() {
        context.progress(trainer.step(), isDone() ? trainer.step() : config.steps(), "steps");
    }

    /** One step, and whatever is to be written after it. */
    void advance() {
        takeStep();
        snapshots.keepIfDue(trainer);
        reportProgress();
        if (isDone()) {
            writeCurve();
        } else {
            writeWhatIsDue();
        }
    }

    /** Writes what a later attempt needs to go on from here. */
    void putDown() {
        if (trainer.step() > 0) {
            writeCheckpoint();
        }
    }

    private void takeStep() {
        long start = System.nanoTime();
        trainer.advance();
        seconds += (System.nanoTime() - start) / 1e9;
        int every = Math.max(1, config.steps() / properties.curvePoints());
        if (trainer.step() % every == 0 || trainer.done()) {
            var point = trainer.point();
            unwritten.add(new CurvePoint(
                    point.step(),
                    point.loss(),
                    point.fvu(),
                    point.l0(),
                    point.deadFraction(),
                    point.learningRate(),
                    Double.isNaN(point.validationFvu()) ? null : point.validationFvu()));
        }
    }

    private void writeWhatIsDue() {
        long now = System.nanoTime();
        if (now - checkpointDue >= 0) {
            writeCheckpoint();
            long took = System.nanoTime() - now;
            checkpointDue = now
                    + Math.max(properties.checkpointInterval().toNanos(), (long) CHECKPOINT_SHARE * together * took);
        } else if (now - curveDue >= 0) {
            writeCurve();
        }
    }

    /** The curve goes first: whatever the checkpoint has behind it must not be missing from the curve. */
    private void writeCheckpoint() {
        writeCurve();
        Checkpoint.write(checkpoint.path(), trainer.snapshot(), trainer.validation(), checkpoint.training());
        curves.noteSeconds(context.id(), seconds);
    }

    private void writeCurve() {
        if (!unwritten.isEmpty()) {
            curves.write(context.id(), unwritten);
            unwritten.clear();
        }
        curveDue = System.nanoTime() + CURVE_INTERVAL;
    }

    @Override
    public void close() {
        trainer.close();
    }
}

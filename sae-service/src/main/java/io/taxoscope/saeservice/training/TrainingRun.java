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

/** One attempt at a training: steps, curve points and checkpoints. */
final class TrainingRun {
    private static final long CURVE_INTERVAL = Duration.ofSeconds(1).toNanos();
    /** A checkpoint may take this share of the time at most. */
    private static final int CHECKPOINT_SHARE = 20;

    private final Trainer trainer;
    private final TrainingConfig config;
    private final JobContext context;
    private final Path checkpoint;
    private final String training;
    private final Curves curves;
    private final TrainingProperties properties;
    private final SnapshotKeeper snapshots;
    private final List<CurvePoint> unwritten = new ArrayList<>();
    private double seconds;
    private long curveDue;
    private long checkpointDue;

    TrainingRun(
            Trainer trainer,
            TrainingConfig config,
            JobContext context,
            Path checkpoint,
            String training,
            Curves curves,
            TrainingProperties properties,
            SnapshotKeeper snapshots) {
        this.trainer = trainer;
        this.config = config;
        this.context = context;
        this.checkpoint = checkpoint;
        this.training = training;
        this.curves = curves;
        this.properties = properties;
        this.snapshots = snapshots;
        this.checkpointDue = System.nanoTime() + properties.checkpointInterval().toNanos();
    }

    /** Counts on from what earlier attempts spent on the steps that are done; a training from step 0 counts from 0. */
    void resumeClockAt(double secondsBefore) {
        seconds = trainer.step() == 0 ? 0 : secondsBefore;
    }

    /** Time in steps that count: those that a killed attempt lost are left out. */
    double seconds() {
        return seconds;
    }

    void finish() {
        try {
            context.progress(trainer.step(), config.steps(), "steps");
            while (!trainer.done()) {
                advance();
                context.progress(trainer.step(), config.steps(), "steps");
                snapshots.keepIfDue(trainer);
                writeWhatIsDue();
            }
            writeCurve();
        } catch (JobStopped stopped) {
            if (stopped.reason() == JobStopped.Reason.SHUTDOWN && trainer.step() > 0) {
                writeCheckpoint();
            }
            throw stopped;
        }
    }

    private void advance() {
        long start = System.nanoTime();
        trainer.advance();
        seconds += (System.nanoTime() - start) / 1e9;
        int every = Math.max(1, config.steps() / properties.curvePoints());
        if (trainer.step() % every == 0 || trainer.done()) {
            var point = trainer.point();
            unwritten.add(new CurvePoint(
                    point.step(), point.loss(), point.fvu(), point.l0(), point.deadFraction(), point.learningRate()));
        }
    }

    private void writeWhatIsDue() {
        long now = System.nanoTime();
        if (now - checkpointDue >= 0 && !trainer.done()) {
            writeCheckpoint();
            long took = System.nanoTime() - now;
            checkpointDue = now + Math.max(properties.checkpointInterval().toNanos(), CHECKPOINT_SHARE * took);
        } else if (now - curveDue >= 0) {
            writeCurve();
        }
    }

    /** The curve goes first: whatever the checkpoint has behind it must not be missing from the curve. */
    private void writeCheckpoint() {
        writeCurve();
        Checkpoint.write(checkpoint, trainer.snapshot(), training);
        curves.noteSeconds(context.id(), seconds);
    }

    private void writeCurve() {
        if (!unwritten.isEmpty()) {
            curves.write(context.id(), unwritten);
            unwritten.clear();
        }
        curveDue = System.nanoTime() + CURVE_INTERVAL;
    }
}

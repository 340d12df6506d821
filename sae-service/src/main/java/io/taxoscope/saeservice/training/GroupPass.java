package io.taxoscope.saeservice.training;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.training.TrainingData;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.JobContext.JobStopped;
import io.taxoscope.support.jobs.MemberJob;
import io.taxoscope.support.jobs.MemberJobs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Trainings that take their steps in turn. The one that is furthest behind steps next, so that all stand at the same step
 * and share its batch; after a crash, which may have left checkpoints of different steps, they meet again. What ends one
 * of them ends none of the others; only a lost database, or the end of the group itself, ends all.
 */
final class GroupPass implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupPass.class);

    private final TrainingRuns runs;
    private final TrainedSaes trained;
    private final ContentStore store;
    private final MemberJobs jobs;
    private final GroupProgress progress;
    private final Map<Sha256, ShardSet> sets = new HashMap<>();
    private final Map<Sha256, TrainingData> data = new HashMap<>();
    private final List<Member> running = new ArrayList<>();
    private final List<MemberJob> taken = new ArrayList<>();
    private long bytesForCopies;
    private int ended;

    GroupPass(TrainingRuns runs, TrainedSaes trained, ContentStore store, MemberJobs jobs, GroupProgress progress) {
        this.runs = runs;
        this.trained = trained;
        this.store = store;
        this.jobs = jobs;
        this.progress = progress;
    }

    private record Member(String id, MemberJob job, TrainingRun run) {}

    /** @param bytesForCopies what copies of the activations may take */
    void train(List<Sae> saes, long bytesForCopies) {
        this.bytesForCopies = bytesForCopies;
        try {
            for (Sae sae : saes) {
                reportProgress();
                begin(sae, saes.size());
            }
            while (!running.isEmpty()) {
                reportProgress();
                int behind = running.stream()
                        .mapToInt(member -> member.run().step())
                        .min()
                        .getAsInt();
                for (Member member : List.copyOf(running)) {
                    if (member.run().step() == behind) {
                        step(member);
                    }
                }
            }
        } catch (JobStopped stopped) {
            if (stopped.reason() == JobStopped.Reason.SHUTDOWN) {
                running.forEach(member -> member.run().putDown());
            }
            throw stopped;
        }
    }

    private void begin(Sae sae, int together) {
        MemberJob job = jobs.take(sae.id());
        if (job == null) {
            ended++;
            return;
        }
        taken.add(job);
        unlessItEnds(sae.id(), job, () -> {
            TrainingRun run = runs.open(sae, data(sae), job.context(), together);
            Member member = new Member(sae.id(), job, run);
            running.add(member);
            run.reportProgress();
            endIfDone(member);
        });
    }

    private void step(Member member) {
        unlessItEnds(member.id(), member.job(), () -> {
            member.run().advance();
            endIfDone(member);
        });
    }

    private void endIfDone(Member member) {
        if (member.run().isDone()) {
            member.job().succeed(trained.keeping(member.id(), member.run()));
            leave(member.id());
        }
    }

    /** Does one thing for one training; what goes wrong ends it alone. */
    private void unlessItEnds(String id, MemberJob job, Runnable work) {
        try {
            work.run();
        } catch (JobStopped stopped) {
            LOG.info("SAE {} leaves the pass: {}", id, stopped.reason());
            if (stopped.reason() == JobStopped.Reason.CANCELLED) {
                store.discardWork(id);
                job.cancel();
            }
            leave(id);
        } catch (DataAccessException database) {
            throw database;
        } catch (RuntimeException failure) {
            LOG.error("SAE {} leaves the pass", id, failure);
            if (failure instanceof TaxoscopeException told) {
                trained.discardIfDiverged(id, told);
            }
            job.fail(failure);
            leave(id);
        }
    }

    private void leave(String id) {
        running.removeIf(member -> {
            boolean isIt = member.id().equals(id);
            if (isIt) {
                member.run().close();
            }
            return isIt;
        });
        ended++;
    }

    /** The activations of an SAE: opened, and read into memory where they fit, once for all who learn from them. */
    private TrainingData data(Sae sae) {
        return data.computeIfAbsent(sae.shardSet(), ref -> {
            ShardSet set = ShardSet.open(store, ref);
            sets.put(ref, set);
            long copied = StoredActivations.bytesOfCopy(set, bytesForCopies);
            bytesForCopies -= copied;
            return runs.data(StoredActivations.of(set, copied));
        });
    }

    private void reportProgress() {
        progress.report(ended
                + running.stream()
                        .mapToDouble(member ->
                                member.run().step() / (double) member.run().steps())
                        .sum());
    }

    /** Gives back what has not ended, and closes everything. */
    @Override
    public void close() {
        running.forEach(member -> member.run().close());
        sets.values().forEach(ShardSet::close);
        taken.forEach(MemberJob::putBack);
    }
}

package io.taxoscope.saeservice.training;

import io.taxoscope.sae.training.TrainingMemory;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import io.taxoscope.support.jobs.MemberJobs;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Trains the SAEs of a group side by side, as many at once as memory holds. Each has its own checkpoint, so that a group
 * that was cut off goes on to the same bits.
 */
@Component
class GroupTraining implements JobHandler {
    static final String KIND = "sae-group";

    private static final Logger LOG = LoggerFactory.getLogger(GroupTraining.class);

    private final SaeGroupRepository groups;
    private final TrainingRuns runs;
    private final TrainedSaes trained;
    private final MemberJobs members;
    private final TrainingBudget budget;
    private final ContentStore store;

    GroupTraining(
            SaeGroupRepository groups,
            TrainingRuns runs,
            TrainedSaes trained,
            MemberJobs members,
            TrainingBudget budget,
            ContentStore store) {
        this.groups = groups;
        this.runs = runs;
        this.trained = trained;
        this.members = members;
        this.budget = budget;
        this.store = store;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        List<Sae> left = passMembers(context.id()).stream()
                .filter(sae -> !sae.jobView().state().isFinished())
                .toList();
        Function<Sae, TrainingMemory> memory =
                sae -> budget.of(runs.config(sae), sae.shape().width());
        List<List<Sae>> passes = TrainingPasses.cut(left, memory, budget.bytes());
        int before = 0;
        for (List<Sae> pass : passes) {
            long forCopies = budget.bytes() - TrainingPasses.bytesOf(pass, memory);
            LOG.info("group {}: a pass trains {} of {} SAEs", context.id(), pass.size(), left.size());
            var progress = new GroupProgress(context, before, left.size());
            try (var running = new GroupPass(runs, trained, store, members, progress)) {
                running.train(pass, forCopies);
            }
            before += pass.size();
        }
        return JobOutcome.done(() -> {});
    }

    @Override
    public void failed(String id, String code, String detail) {
        passMembers(id).forEach(sae -> members.failUnheld(sae.id(), code, detail));
    }

    @Override
    public void cancelled(String id) {
        for (Sae sae : passMembers(id)) {
            if (members.cancelUnheld(sae.id())) {
                store.discardWork(sae.id());
            }
        }
    }

    private List<Sae> passMembers(String id) {
        return groups.findMembers(id).stream().filter(Sae::isInGroupPass).toList();
    }
}

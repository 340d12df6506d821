package io.taxoscope.saeservice.training;

import io.taxoscope.api.JobState;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.CreateSaeGroup;
import io.taxoscope.api.sae.SaeGroupView;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.support.jobs.Jobs;
import io.taxoscope.support.jobs.MemberJobs;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue of groups. */
@Service
class SaeGroups {
    private final SaeGroupRepository groups;
    private final Saes saes;
    private final SaeCheck check;
    private final Jobs jobs;
    private final MemberJobs members;
    private final TrainingNeeds needs;

    SaeGroups(
            SaeGroupRepository groups, Saes saes, SaeCheck check, Jobs jobs, MemberJobs members, TrainingNeeds needs) {
        this.groups = groups;
        this.saes = saes;
        this.check = check;
        this.jobs = jobs;
        this.members = members;
        this.needs = needs;
    }

    String train(CreateSaeGroup request, @Nullable String key) {
        List<SaeOrder> orders = check(request);
        needs.requireGroup(orders);
        return jobs.submit(GroupTraining.KIND, key, request, job -> {
                    SaeGroup group = groups.save(new SaeGroup(job));
                    groups.flush(); // its members refer to it
                    for (int position = 0; position < orders.size(); position++) {
                        Sae sae = saes.newSae(members.enlist(Training.KIND), orders.get(position));
                        sae.joinGroup(group.id(), position);
                        saes.save(sae);
                    }
                })
                .job()
                .id();
    }

    @Transactional(readOnly = true)
    public SaeGroupView view(String id) {
        SaeGroup group = find(id);
        return new SaeGroupView(
                id,
                group.jobView(),
                groups.findMembers(id).stream().map(saes::brief).toList());
    }

    /** The group and its members end together, whether or not it had begun. */
    @Transactional
    public void cancel(String id) {
        find(id);
        jobs.cancel(id);
        if (jobs.view(id).state() == JobState.CANCELLED) {
            passMembers(id).forEach(sae -> members.cancelUnheld(sae.id()));
        }
    }

    @Transactional
    public void retry(String id) {
        find(id);
        jobs.retry(id, () -> passMembers(id).forEach(sae -> members.restore(sae.id())));
    }

    @Transactional
    public void delete(String id) {
        groups.delete(find(id));
        groups.flush();
        jobs.delete(id);
    }

    private List<Sae> passMembers(String id) {
        return groups.findMembers(id).stream().filter(Sae::isInGroupPass).toList();
    }

    private SaeGroup find(String id) {
        return groups.findById(id)
                .orElseThrow(() -> SaeServiceError.SAE_GROUP_NOT_FOUND.because("there is no SAE group " + id));
    }

    /** Fails with every field of every SAE that is wrong. */
    List<SaeOrder> check(CreateSaeGroup request) {
        Findings findings = new Findings();
        List<SaeOrder> orders = new ArrayList<>();
        for (int i = 0; i < request.saes().size(); i++) {
            CreateSae sae = request.saes().get(i);
            String field = "saes[%d].".formatted(i);
            SaeOrder order = check.check(sae, findings.under(field));
            if (sae.config().dictionary().isOfActivations()) {
                findings.add(
                        field + "config.dictionary",
                        "%s is not trained; POST it to /api/v1/saes"
                                .formatted(sae.config().dictionary()));
            }
            if (order != null) {
                orders.add(order);
            }
        }
        findings.throwIfAny(SaeServiceError.SAE_INVALID);
        return orders;
    }
}

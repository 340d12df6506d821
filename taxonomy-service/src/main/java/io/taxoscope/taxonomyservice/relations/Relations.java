package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.RelationView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.JobResources;
import io.taxoscope.support.jobs.Jobs;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits relation analyses and answers how they stand. */
@Service
class Relations extends JobResources<CreateRelation, Relation, RelationView> {
    Relations(RelationChecks checks, RelationRepository relations, Jobs jobs, TransactionTemplate transaction) {
        super(
                new Kind<>(RelationJob.KIND, "/api/v1/relations", checks::check, Relation::new, Relations::unknown),
                relations,
                jobs,
                transaction);
    }

    void requireFinished(String id) {
        var view = view(id);
        if (view.report() == null) {
            throw RelationError.RELATION_NOT_FINISHED.because(
                    "relation " + id + " has no rows before it has succeeded; it is "
                            + view.job().state());
        }
    }

    static TaxoscopeException unknown(String id) {
        return RelationError.RELATION_NOT_FOUND.because("there is no relation " + id);
    }
}

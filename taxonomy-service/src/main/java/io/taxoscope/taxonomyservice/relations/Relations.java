package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.RelationView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits relation analyses and answers how they stand. */
@Service
class Relations {
    private final RelationChecks checks;
    private final RelationRepository relations;
    private final Jobs jobs;
    private final TransactionTemplate transaction;

    Relations(RelationChecks checks, RelationRepository relations, Jobs jobs, TransactionTemplate transaction) {
        this.checks = checks;
        this.relations = relations;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    RelationView submit(CreateRelation request, @Nullable String idempotencyKey) {
        var earlier = jobs.findSubmitted(RelationJob.KIND, idempotencyKey, request);
        if (earlier != null) {
            return view(earlier.id());
        }
        checks.check(request);
        var submitted = jobs.submit(
                RelationJob.KIND, idempotencyKey, request, job -> relations.save(new Relation(job, request)));
        return view(submitted.job().id());
    }

    List<RelationView> list() {
        return inTransaction(() ->
                relations.findAllNewestFirst().stream().map(Relation::view).toList());
    }

    RelationView view(String id) {
        return with(id, Relation::view);
    }

    RelationView cancel(String id) {
        requireKnown(id);
        jobs.cancel(id);
        return view(id);
    }

    RelationView retry(String id) {
        requireKnown(id);
        jobs.retry(id);
        return view(id);
    }

    void delete(String id) {
        with(id, relation -> {
            relations.delete(relation);
            jobs.delete(id);
            return id;
        });
    }

    void requireFinished(String id) {
        var view = view(id);
        if (view.report() == null) {
            throw RelationError.RELATION_NOT_FINISHED.because(
                    "relation " + id + " has no rows before it has succeeded; it is "
                            + view.job().state());
        }
    }

    <T> T with(String id, Function<Relation, T> use) {
        return inTransaction(() -> use.apply(relations.findById(id).orElseThrow(() -> unknown(id))));
    }

    static TaxoscopeException unknown(String id) {
        return RelationError.RELATION_NOT_FOUND.because("there is no relation " + id);
    }

    private void requireKnown(String id) {
        with(id, Relation::id);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}

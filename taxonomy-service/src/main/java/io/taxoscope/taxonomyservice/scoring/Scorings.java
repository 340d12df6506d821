package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits scorings and answers how they stand. */
@Service
class Scorings {
    private final ScoringChecks checks;
    private final ScoringRepository scorings;
    private final Jobs jobs;
    private final TransactionTemplate transaction;

    Scorings(ScoringChecks checks, ScoringRepository scorings, Jobs jobs, TransactionTemplate transaction) {
        this.checks = checks;
        this.scorings = scorings;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    ScoringView submit(CreateScoring request, @Nullable String idempotencyKey) {
        var earlier = jobs.findSubmitted(ScoringJob.KIND, idempotencyKey, request);
        if (earlier != null) {
            return view(earlier.id());
        }
        checks.check(request);
        var submitted =
                jobs.submit(ScoringJob.KIND, idempotencyKey, request, job -> scorings.save(new Scoring(job, request)));
        return view(submitted.job().id());
    }

    List<ScoringView> list() {
        return inTransaction(
                () -> scorings.findAllNewestFirst().stream().map(Scoring::view).toList());
    }

    ScoringView view(String id) {
        return with(id, Scoring::view);
    }

    ScoringView cancel(String id) {
        requireKnown(id);
        jobs.cancel(id);
        return view(id);
    }

    ScoringView retry(String id) {
        requireKnown(id);
        jobs.retry(id);
        return view(id);
    }

    void delete(String id) {
        with(id, scoring -> {
            scorings.delete(scoring);
            jobs.delete(id);
            return id;
        });
    }

    <T> T with(String id, Function<Scoring, T> use) {
        return inTransaction(() -> use.apply(scorings.findById(id).orElseThrow(() -> unknown(id))));
    }

    static TaxoscopeException unknown(String id) {
        return ScoringError.SCORING_NOT_FOUND.because("there is no scoring " + id);
    }

    private void requireKnown(String id) {
        with(id, Scoring::id);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}

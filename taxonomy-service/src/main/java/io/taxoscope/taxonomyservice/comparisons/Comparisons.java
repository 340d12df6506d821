package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits comparisons and answers how they stand. */
@Service
class Comparisons {
    private final ComparisonChecks checks;
    private final ComparisonRepository comparisons;
    private final Jobs jobs;
    private final TransactionTemplate transaction;

    Comparisons(ComparisonChecks checks, ComparisonRepository comparisons, Jobs jobs, TransactionTemplate transaction) {
        this.checks = checks;
        this.comparisons = comparisons;
        this.jobs = jobs;
        this.transaction = transaction;
    }

    ComparisonView submit(CreateComparison request, @Nullable String idempotencyKey) {
        var earlier = jobs.findSubmitted(ComparisonJob.KIND, idempotencyKey, request);
        if (earlier != null) {
            return view(earlier.id());
        }
        checks.check(request);
        var submitted = jobs.submit(
                ComparisonJob.KIND, idempotencyKey, request, job -> comparisons.save(new Comparison(job, request)));
        return view(submitted.job().id());
    }

    List<ComparisonView> list() {
        return inTransaction(() ->
                comparisons.findAllNewestFirst().stream().map(Comparison::view).toList());
    }

    ComparisonView view(String id) {
        return with(id, Comparison::view);
    }

    ComparisonView cancel(String id) {
        requireKnown(id);
        jobs.cancel(id);
        return view(id);
    }

    ComparisonView retry(String id) {
        requireKnown(id);
        jobs.retry(id);
        return view(id);
    }

    void delete(String id) {
        with(id, comparison -> {
            comparisons.delete(comparison);
            jobs.delete(id);
            return id;
        });
    }

    void requireFinished(String id) {
        var view = view(id);
        if (view.report() == null) {
            throw ComparisonError.COMPARISON_NOT_FINISHED.because(
                    "comparison " + id + " has no rows before it has succeeded; it is "
                            + view.job().state());
        }
    }

    <T> T with(String id, Function<Comparison, T> use) {
        return inTransaction(() -> use.apply(comparisons.findById(id).orElseThrow(() -> unknown(id))));
    }

    static TaxoscopeException unknown(String id) {
        return ComparisonError.COMPARISON_NOT_FOUND.because("there is no comparison " + id);
    }

    private void requireKnown(String id) {
        with(id, Comparison::id);
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }
}

package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.JobResources;
import io.taxoscope.support.jobs.Jobs;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits comparisons and answers how they stand. */
@Service
class Comparisons extends JobResources<CreateComparison, Comparison, ComparisonView> {
    Comparisons(ComparisonChecks checks, ComparisonRepository comparisons, Jobs jobs, TransactionTemplate transaction) {
        super(
                new Kind<>(
                        ComparisonJob.KIND,
                        "/api/v1/comparisons",
                        checks::check,
                        Comparison::new,
                        Comparisons::unknown),
                comparisons,
                jobs,
                transaction);
    }

    void requireFinished(String id) {
        var view = view(id);
        if (view.report() == null) {
            throw ComparisonError.COMPARISON_NOT_FINISHED.because(
                    "comparison " + id + " has no rows before it has succeeded; it is "
                            + view.job().state());
        }
    }

    static TaxoscopeException unknown(String id) {
        return ComparisonError.COMPARISON_NOT_FOUND.because("there is no comparison " + id);
    }
}

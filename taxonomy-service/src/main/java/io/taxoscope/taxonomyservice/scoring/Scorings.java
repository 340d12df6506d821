package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.jobs.JobResources;
import io.taxoscope.support.jobs.Jobs;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Submits scorings and answers how they stand. */
@Service
class Scorings extends JobResources<CreateScoring, Scoring, ScoringView> {
    Scorings(ScoringChecks checks, ScoringRepository scorings, Jobs jobs, TransactionTemplate transaction) {
        super(
                new Kind<>(ScoringJob.KIND, "/api/v1/scorings", checks::check, Scoring::new, Scorings::unknown),
                scorings,
                jobs,
                transaction);
    }

    static TaxoscopeException unknown(String id) {
        return ScoringError.SCORING_NOT_FOUND.because("there is no scoring " + id);
    }
}

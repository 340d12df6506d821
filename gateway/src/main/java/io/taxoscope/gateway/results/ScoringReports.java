package io.taxoscope.gateway.results;

import io.taxoscope.api.JobView.JobError;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.gateway.experiments.ExperimentError;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** What scorings reported. One that was finished can lose its report: an upgrade takes back what it can no longer read. */
@Component
class ScoringReports {
    private final ScoringApi scorings;

    ScoringReports(ScoringApi scorings) {
        this.scorings = scorings;
    }

    /** The report of each, or one failure that says of all that have none why, and how to get it again. */
    Function<Dictionary, HierarchyReport> of(List<Dictionary> dictionaries) {
        List<ScoringView> views = Parallel.map(dictionaries, dictionary -> scorings.find(dictionary.scoringId()));
        var reports = new HashMap<Dictionary, HierarchyReport>();
        var gone = new ArrayList<FieldError>();
        for (int i = 0; i < views.size(); i++) {
            HierarchyReport report = views.get(i).report();
            if (report == null) {
                gone.add(new FieldError("scorings/" + views.get(i).id(), why(dictionaries.get(i), views.get(i))));
            } else {
                reports.put(dictionaries.get(i), report);
            }
        }
        if (!gone.isEmpty()) {
            throw new TaxoscopeException(ExperimentError.SCORES_GONE, summary(gone), gone);
        }
        return dictionary -> Objects.requireNonNull(reports.get(dictionary), "asked for above");
    }

    private static String summary(List<FieldError> gone) {
        return ("%d of this experiment's scorings have no scores now; send POST /api/v1/%s/retry%s, wait until they have"
                        + " SUCCEEDED, and ask again. The first: %s")
                .formatted(
                        gone.size(),
                        gone.getFirst().field(),
                        gone.size() == 1 ? "" : ", and the same for each under errors",
                        gone.getFirst().message());
    }

    private static String why(Dictionary dictionary, ScoringView view) {
        JobError error = view.job().error();
        return "%s is %s%s"
                .formatted(
                        dictionary.variant(),
                        view.job().state(),
                        error == null ? "" : " (%s: %s)".formatted(error.code(), error.detail()));
    }
}

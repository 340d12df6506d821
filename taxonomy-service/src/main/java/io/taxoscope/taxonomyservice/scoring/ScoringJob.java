package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.ScoringConfig;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import io.taxoscope.taxonomy.scoring.HierarchyScoring;
import io.taxoscope.taxonomy.scoring.ScoringResult;
import io.taxoscope.taxonomy.scoring.ScoringSpec;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Scores all latents. It keeps nothing until it is done: rows and report are written in the transaction that ends the
 * job, so a run that is cut off leaves nothing behind and the next one starts afresh.
 */
@Component
class ScoringJob implements JobHandler {
    static final String KIND = "scoring";

    private final Hierarchies hierarchies;
    private final ContentStore store;
    private final ScoringRepository scorings;
    private final FeatureRows rows;
    private final TransactionTemplate transaction;

    ScoringJob(
            Hierarchies hierarchies,
            ContentStore store,
            ScoringRepository scorings,
            FeatureRows rows,
            TransactionTemplate transaction) {
        this.hierarchies = hierarchies;
        this.store = store;
        this.scorings = scorings;
        this.rows = rows;
        this.transaction = transaction;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        var request = request(context.id());
        var manifest = DatasetManifest.read(store, new Sha256(request.dataset()));
        var dataset = LabelledDataset.of(hierarchies.get(request.taxonomy()), manifest, request.labels());
        var codes = Codes.open(store, new Sha256(request.codes()));
        var scoring = new HierarchyScoring(dataset.taxonomy(), spec(request.config()));
        var source = new StoredCodes(codes, context::checkStopped);

        var result =
                scoring.score(source, dataset.classOf(), done -> context.progress(done, codes.nLatents(), "latents"));
        context.checkStopped();
        return JobOutcome.done(() -> save(context.id(), request, dataset, result));
    }

    private CreateScoring request(String id) {
        var request = transaction.execute(
                status -> scorings.findById(id).map(Scoring::request).orElseThrow(() -> Scorings.unknown(id)));
        return Objects.requireNonNull(request);
    }

    private void save(String id, CreateScoring request, LabelledDataset dataset, ScoringResult result) {
        rows.replace(id, dataset, result);
        scorings.findById(id)
                .orElseThrow(() -> Scorings.unknown(id))
                .complete(ReportViews.view(result.report(), request.config().topK()));
    }

    private static ScoringSpec spec(ScoringConfig config) {
        return new ScoringSpec(
                config.topK(),
                config.robustShare(),
                config.chanceDraws(),
                config.permutations(),
                config.bootstrap(),
                config.seed());
    }
}

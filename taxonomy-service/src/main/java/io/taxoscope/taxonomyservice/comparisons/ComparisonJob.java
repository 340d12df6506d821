package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.taxonomy.ComparisonConfig;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.MatchedLatents;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.relations.Assignment;
import io.taxoscope.taxonomy.relations.ComparedSide;
import io.taxoscope.taxonomy.relations.ComparisonResult;
import io.taxoscope.taxonomy.relations.ComparisonSpec;
import io.taxoscope.taxonomy.relations.DictionaryComparison;
import io.taxoscope.taxonomy.relations.Progress;
import io.taxoscope.taxonomyservice.dictionaries.BulkRows;
import io.taxoscope.taxonomyservice.dictionaries.BulkRows.RowKey;
import io.taxoscope.taxonomyservice.dictionaries.Dictionaries;
import io.taxoscope.taxonomyservice.dictionaries.DictionaryFiles;
import io.taxoscope.taxonomyservice.dictionaries.Names;
import io.taxoscope.taxonomyservice.dictionaries.ScoredDictionary;
import org.springframework.stereotype.Component;

/** Looks for the latents of one scoring in another. Rows and report are written in the transaction that ends the job. */
@Component
class ComparisonJob implements JobHandler {
    static final String KIND = "comparison";

    private final Comparisons comparisons;
    private final ComparisonRepository repository;
    private final BulkRows rows;
    private final Dictionaries dictionaries;
    private final DictionaryFiles files;

    ComparisonJob(
            Comparisons comparisons,
            ComparisonRepository repository,
            BulkRows rows,
            Dictionaries dictionaries,
            DictionaryFiles files) {
        this.comparisons = comparisons;
        this.repository = repository;
        this.rows = rows;
        this.dictionaries = dictionaries;
        this.files = files;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        var request = comparisons.with(context.id(), Comparison::request);
        var first = dictionaries.get(request.first());
        var second = dictionaries.get(request.second());
        var taxonomy = files.labels(first).taxonomy();
        var sideOfFirst = side(first, taxonomy, request.config(), context);
        var sideOfSecond = side(second, taxonomy, request.config(), context);
        var comparison = new DictionaryComparison(taxonomy, sideOfFirst, sideOfSecond, spec(request.config()));
        var progress = new Progress((done, total) -> context.progress(done, total, "parts"));
        var result =
                switch (request.kind()) {
                    case SEEDS -> comparison.bySeeds(files.directions(first), files.directions(second), progress);
                    case LAYERS -> comparison.byCoActivation(progress);
                };
        var views = new ComparisonViews(
                new Names(taxonomy, files.hierarchy(first)), sideOfFirst.assignment(), sideOfSecond.assignment());
        return JobOutcome.done(() -> save(context.id(), request, result, views));
    }

    private ComparedSide side(
            ScoredDictionary dictionary, Taxonomy taxonomy, ComparisonConfig config, JobContext context) {
        var firings = files.firings(dictionary, context::checkStopped);
        var assignment = Assignment.of(
                firings.nLatents(), dictionaries.best(dictionary, taxonomy), config.minF1(), Integer.MAX_VALUE);
        return new ComparedSide(firings, assignment);
    }

    private void save(String id, CreateComparison request, ComparisonResult result, ComparisonViews views) {
        repository
                .findById(id)
                .orElseThrow(() -> Comparisons.unknown(id))
                .complete(views.report(result, request.config()));
        rows.replace(
                "comparison_match",
                "comparison_id",
                id,
                "first, second, similarity, relation, lin, first_synset, second_synset",
                result.matches().stream().map(views::match).toList(),
                ComparisonJob::key);
    }

    private static RowKey key(MatchedLatents match) {
        var first = match.firstSynset();
        var second = match.secondSynset();
        return new RowKey()
                .add(match.first())
                .add(match.second())
                .add(match.similarity())
                .add(match.relation())
                .add(match.lin())
                .add(first == null ? null : first.wnid())
                .add(second == null ? null : second.wnid());
    }

    private static ComparisonSpec spec(ComparisonConfig config) {
        return new ComparisonSpec(config.minSupport(), config.controlDraws(), config.bootstrap(), config.seed());
    }
}

package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.taxonomy.scoring.Criterion;
import io.taxoscope.taxonomy.scoring.LayerReport;
import io.taxoscope.taxonomy.scoring.Measure;
import java.util.EnumMap;
import java.util.Map;

/** A layer's numbers as the contract shows them. */
final class ReportViews {
    private ReportViews() {}

    static HierarchyReport view(LayerReport report, int topK) {
        return new HierarchyReport(
                topK,
                report.nLatents(),
                report.nActiveLatents(),
                report.nEligible(),
                report.nExamples(),
                report.nClasses(),
                report.nNodes(),
                scores(report),
                coverage(report.coverage()),
                report.coverageAt().stream()
                        .map(at -> new HierarchyReport.CoverageAt(view(at.criterion()), at.tau(), shares(at.shares())))
                        .toList(),
                report.entropyProfile().stream()
                        .map(at -> new HierarchyReport.DepthEntropy(at.depth(), at.mean(), at.permuted()))
                        .toList(),
                significance(report.significance()),
                report.notes());
    }

    /** Both enums have the same names. */
    static ScoreName view(Measure measure) {
        return ScoreName.valueOf(measure.name());
    }

    static io.taxoscope.api.taxonomy.Criterion view(Criterion criterion) {
        return io.taxoscope.api.taxonomy.Criterion.valueOf(criterion.name());
    }

    private static Map<ScoreName, HierarchyReport.Score> scores(LayerReport report) {
        var scores = new EnumMap<ScoreName, HierarchyReport.Score>(ScoreName.class);
        report.scores().forEach((measure, score) -> scores.put(view(measure), score(score)));
        return scores;
    }

    private static HierarchyReport.Score score(LayerReport.Score score) {
        var histogram = score.histogram();
        return new HierarchyReport.Score(
                score.mean(),
                score.median(),
                score.ciLow(),
                score.ciHigh(),
                score.chance(),
                score.chanceSd(),
                score.permuted(),
                new HierarchyReport.Histogram(histogram.from(), histogram.to(), histogram.counts()));
    }

    private static HierarchyReport.Coverage coverage(LayerReport.Coverage coverage) {
        var total = shares(coverage.total());
        return new HierarchyReport.Coverage(
                total.all(),
                total.internal(),
                total.reachable(),
                total.classes(),
                coverage.byDepth().stream()
                        .map(at -> new HierarchyReport.DepthShares(at.depth(), shares(at.shares())))
                        .toList(),
                shares(coverage.ancestorClosed()));
    }

    private static HierarchyReport.Shares shares(LayerReport.Shares shares) {
        return new HierarchyReport.Shares(
                share(shares.all()), share(shares.internal()), share(shares.reachable()), share(shares.classes()));
    }

    private static HierarchyReport.Share share(LayerReport.Share share) {
        return new HierarchyReport.Share(
                share.covered(), share.denominator(), share.value(), share.chance(), share.permuted());
    }

    private static HierarchyReport.Significance significance(LayerReport.Significance significance) {
        var latents = new EnumMap<io.taxoscope.api.taxonomy.Criterion, HierarchyReport.Significant>(
                io.taxoscope.api.taxonomy.Criterion.class);
        significance
                .latents()
                .forEach((criterion, found) ->
                        latents.put(view(criterion), new HierarchyReport.Significant(found.count(), found.permuted())));
        return new HierarchyReport.Significance(significance.level(), significance.nTests(), latents);
    }
}

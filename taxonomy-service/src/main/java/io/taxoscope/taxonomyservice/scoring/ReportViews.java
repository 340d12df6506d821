package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.taxonomy.scoring.LayerReport;

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
                score(report.lchHeight()),
                score(report.robustLchHeight()),
                coverage(report.coverage()),
                score(report.bestSynsetF1()),
                score(report.classEntropy()),
                report.notes());
    }

    private static HierarchyReport.Score score(LayerReport.Score score) {
        return new HierarchyReport.Score(
                score.mean(),
                score.median(),
                score.ciLow(),
                score.ciHigh(),
                score.chance(),
                score.chanceSd(),
                score.permuted(),
                score.histogram().stream()
                        .map(bin -> new HierarchyReport.Bin(bin.from(), bin.to(), bin.count()))
                        .toList());
    }

    private static HierarchyReport.Coverage coverage(LayerReport.Coverage coverage) {
        return new HierarchyReport.Coverage(
                share(coverage.all()),
                share(coverage.internal()),
                share(coverage.reachable()),
                share(coverage.classes()),
                coverage.byDepth().stream()
                        .map(at -> new HierarchyReport.DepthShare(at.depth(), at.covered(), at.denominator()))
                        .toList());
    }

    private static HierarchyReport.Share share(LayerReport.Share share) {
        return new HierarchyReport.Share(
                share.covered(), share.denominator(), share.value(), share.chance(), share.permuted());
    }
}

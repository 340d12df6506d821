package io.taxoscope.standalone.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.gateway.LayerReport.VariantReport;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.HierarchyReport.Score;
import io.taxoscope.api.taxonomy.ScoreName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code demo --json} writes; scripts rely on these names.
 *
 * @param seconds from submitting to the last score
 */
@JsonPropertyOrder({"address", "experimentId", "seconds", "layers"})
record DemoReport(String address, String experimentId, double seconds, List<Layer> layers) {
    @JsonPropertyOrder({"tap", "token", "nImages", "fvu", "l0", "deadFraction", "lchHeight", "coverage", "bestSynsetF1"
    })
    record Layer(
            String tap,
            String token,
            long nImages,
            double fvu,
            double l0,
            double deadFraction,
            LchHeight lchHeight,
            Coverage coverage,
            BestSynsetF1 bestSynsetF1) {
        static Layer of(LayerReport report) {
            HierarchyReport scores = report.trained().hierarchy();
            EncodingView.Report sae = report.trained().sae();
            HierarchyReport untrained =
                    report.find(Variant.UNTRAINED).map(VariantReport::hierarchy).orElse(null);
            return new Layer(
                    report.layer(),
                    report.token().name(),
                    sae.nExamples(),
                    sae.fvu(),
                    sae.l0(),
                    sae.deadFraction(),
                    new LchHeight(
                            scores.score(ScoreName.LCH_HEIGHT).mean(),
                            scores.score(ScoreName.LCH_HEIGHT).chance(),
                            mean(untrained == null ? null : untrained.score(ScoreName.LCH_HEIGHT))),
                    new Coverage(new Share(
                            scores.coverage().reachable().value(),
                            scores.coverage().reachable().denominator())),
                    new BestSynsetF1(
                            scores.score(ScoreName.F1).mean(),
                            mean(untrained == null ? null : untrained.score(ScoreName.F1)),
                            scores.score(ScoreName.F1).permuted()));
        }

        private static @Nullable Double mean(@Nullable Score score) {
            return score == null ? null : score.mean();
        }
    }

    /** @param untrained mean of the untrained control */
    record LchHeight(
            @Nullable Double mean,
            @Nullable Double chance,
            @Nullable Double untrained) {}

    record Coverage(Share reachable) {}

    record Share(double value, int denominator) {}

    /** @param permuted mean under permuted labels */
    record BestSynsetF1(
            @Nullable Double mean,
            @Nullable Double untrained,
            @Nullable Double permuted) {}
}

package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.LayerComparison;
import io.taxoscope.api.gateway.LayerRelation;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.gateway.LayerReport.Margin;
import io.taxoscope.api.gateway.LayerReport.VariantReport;
import io.taxoscope.api.gateway.LearningCurve;
import io.taxoscope.api.gateway.SynsetCoverage;
import io.taxoscope.api.gateway.SynsetLatents;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.sdk.Taxoscope;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every control of the demo's model and photographs, through the real services. */
class ControlsIT {
    @TempDir
    Path folder;

    @Test
    void standBesideTheTrainedSaeOfEveryLayer() throws Exception {
        try (DemoPlatform platform = DemoPlatform.start(folder)) {
            Taxoscope client = platform.client();
            String id = client.submit(DemoPlatform.shortExperiment("controls")).id();
            assertThat(client.awaitFinished(id, view -> {}).state()).isEqualTo(JobState.SUCCEEDED);

            List<LayerReport> layers = client.experiments().layers(id).items();
            assertThat(layers).hasSize(2).allSatisfy(ControlsIT::assertControls);
            LearningCurve curve =
                    client.experiments().curve(id, layers.getLast().layer());
            assertCurve(curve, layers.getLast());
            assertAnalyses(client, id);
        }
    }

    private static void assertControls(LayerReport report) {
        assertThat(report.variants())
                .map(VariantReport::variant)
                .containsExactly(Variant.TRAINED, Variant.UNTRAINED, Variant.NEURONS, Variant.PCA, Variant.SECOND_SEED);
        VariantReport trained = report.trained();
        VariantReport untrained = report.find(Variant.UNTRAINED).orElseThrow();
        VariantReport pca = report.find(Variant.PCA).orElseThrow();
        VariantReport neurons = report.find(Variant.NEURONS).orElseThrow();
        VariantReport second = report.find(Variant.SECOND_SEED).orElseThrow();

        assertThat(pca.hierarchy().nLatents()).isEqualTo(2 * report.width());
        assertThat(neurons.hierarchy().nLatents()).isEqualTo(2 * report.width());
        // Projections on orthogonal directions: what is left is never more than there was.
        assertThat(pca.sae().fvu()).isBetween(0.0, 1.0);
        assertThat(neurons.sae().fvu()).isBetween(0.0, 1.0);
        assertThat(trained.sae().fvu()).isLessThan(untrained.sae().fvu());
        assertThat(second.sae().fvu())
                .isCloseTo(trained.sae().fvu(), within(0.1))
                .isNotEqualTo(trained.sae().fvu());

        Margin margin = untrained.margins().stream()
                .filter(one -> one.score() == ScoreName.F1)
                .findFirst()
                .orElseThrow();
        assertThat(margin.difference())
                .isCloseTo(
                        Objects.requireNonNull(
                                        trained.hierarchy().score(ScoreName.F1).mean())
                                - Objects.requireNonNull(untrained
                                        .hierarchy()
                                        .score(ScoreName.F1)
                                        .mean()),
                        within(1e-12))
                .isBetween(Objects.requireNonNull(margin.ciLow()), Objects.requireNonNull(margin.ciHigh()));
    }

    private static void assertAnalyses(Taxoscope client, String id) {
        assertThat(client.experiments().relations(id).items())
                .extracting(LayerRelation::layer, LayerRelation::variant)
                .containsExactly(
                        tuple("blocks.0.resid_post", Variant.TRAINED),
                        tuple("blocks.0.resid_post", Variant.UNTRAINED),
                        tuple("blocks.5.resid_post", Variant.TRAINED),
                        tuple("blocks.5.resid_post", Variant.UNTRAINED));
        assertThat(client.experiments().comparisons(id).items())
                .extracting(LayerComparison::kind, LayerComparison::layer)
                .containsExactly(
                        tuple(CreateComparison.Kind.SEEDS, "blocks.0.resid_post"),
                        tuple(CreateComparison.Kind.LAYERS, "blocks.0.resid_post"),
                        tuple(CreateComparison.Kind.SEEDS, "blocks.5.resid_post"));

        SynsetCoverage coverage = client.experiments().synsets(id, Variant.TRAINED, null, 20_000);
        assertThat(coverage.layers()).hasSize(2);
        assertThat(coverage.synsets()).anyMatch(node -> !node.layers().isEmpty());
        LayerReport last = client.experiments().layers(id).items().getLast();
        long reached = coverage.synsets().stream()
                .filter(node ->
                        node.layers().stream().anyMatch(in -> in.layer().equals(last.layer()) && in.nReaching() > 0))
                .count();
        assertThat(reached)
                .isEqualTo(last.trained().hierarchy().coverage().all().covered());
        SynsetLatents root = client.experiments().synset(id, coverage.root(), Variant.TRAINED, null, 3);
        assertThat(root.children()).isNotEmpty().allSatisfy(child -> assertThat(child.marking())
                .hasSizeLessThanOrEqualTo(3));
    }

    private static void assertCurve(LearningCurve curve, LayerReport report) {
        assertThat(curve.points()).map(LearningCurve.Point::step).containsExactly(0, 50, 200);
        assertThat(curve.points().get(1).sae().fvu())
                .isLessThan(curve.points().getFirst().sae().fvu())
                .isGreaterThan(curve.points().getLast().sae().fvu());
        assertThat(curve.points().getLast().hierarchy())
                .isEqualTo(report.trained().hierarchy());
    }
}

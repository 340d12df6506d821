package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Source;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentSpec.Analyses;
import io.taxoscope.api.gateway.ExperimentSpec.Controls;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.ImageLatents;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.gateway.LayerReport.VariantReport;
import io.taxoscope.api.gateway.SaeSpec;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.sae.ImportSae;
import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.api.sae.SaeConfig.Architecture;
import io.taxoscope.api.sae.SaeFileFormat;
import io.taxoscope.api.sae.SaeView;
import io.taxoscope.api.sae.Sparsity;
import io.taxoscope.common.Sha256;
import io.taxoscope.sdk.Taxoscope;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Experiments with architectures that do not fix how many latents are active, and with an SAE that was imported. */
class ArchitecturesIT {
    private static final String LAYER = "blocks.5.resid_post";

    @TempDir
    Path folder;

    @Test
    void areScoredBesideControlsOfTheirOwnSparsity() throws Exception {
        try (DemoPlatform platform = DemoPlatform.start(folder.resolve("home"))) {
            Taxoscope client = platform.client();
            Map<Architecture, Sparsity> all = Map.of(
                    Architecture.RELU, new Sparsity(4.0, null, null, null, null, null, null, null, null),
                    Architecture.GATED, new Sparsity(4.0, null, null, null, null, null, null, null, null),
                    Architecture.JUMPRELU, new Sparsity(2.0, null, 0.5, 1.0, null, null, null, null, null),
                    Architecture.BATCH_TOPK, Sparsity.batch(0.05));
            String lastId = "";
            for (var one : all.entrySet()) {
                ExperimentView done = finished(client, spec(one.getKey() + "", trained(one.getKey(), one.getValue())));
                assertControlsAreAsSparse(report(client, done), one.getKey());
                lastId = one.getKey() == Architecture.JUMPRELU ? done.id() : lastId;
            }
            assertImageGivesItsStoredCode(client, lastId);
            assertImportedGivesTheSameScores(client, lastId);
        }
    }

    private static void assertControlsAreAsSparse(LayerReport report, Architecture architecture) {
        VariantReport trained = report.trained();
        assertThat(trained.sae().l0()).isBetween(1.0, (double) report.width());
        int k = architecture == Architecture.BATCH_TOPK
                ? 4
                : (int) Math.round(trained.sae().l0());
        for (Variant variant : List.of(Variant.NEURONS, Variant.PCA)) {
            VariantReport control = report.find(variant).orElseThrow();
            assertThat(control.sae().l0()).as("%s of %s", variant, architecture).isBetween(0.5 * k, (double) k);
        }
        assertThat(report.find(Variant.UNTRAINED).orElseThrow().hierarchy().nLatents())
                .isEqualTo(trained.hierarchy().nLatents());
    }

    /** Out by the gateway, in again, and scored: the same weights must give the same scores. */
    private void assertImportedGivesTheSameScores(Taxoscope client, String experiment) throws Exception {
        ExperimentView original = client.experiments().find(experiment);
        Path zip = folder.resolve("sae.zip");
        client.download(sae(original) + "/export?format=SAE_LENS", zip);
        Source upload = Source.ofUpload(client.upload(zip).sha256());
        SaeView imported = Objects.requireNonNull(client.saeExchange()
                .importSae(new ImportSae(upload, null, null, null), null)
                .getBody());
        ImportedSae from = Objects.requireNonNull(imported.imported());
        assertThat(from.format()).isEqualTo(SaeFileFormat.SAE_LENS);
        assertThat(from.activation()).isEqualTo(ImportedSae.Activation.JUMPRELU);
        assertThat(from.parity().otherLatents()).isLessThan(3);

        ExperimentView again = finished(client, spec("imported", SaeSpec.existing(imported.id())));
        assertThat(report(client, again).trained().hierarchy())
                .isEqualTo(report(client, original).trained().hierarchy());
        client.experiments().delete(again.id());
        assertThat(client.saes().find(imported.id()).job().state()).isEqualTo(JobState.SUCCEEDED);

        assertThatThrownBy(() -> client.submit(spec("no", SaeSpec.existing("no-such-sae"))))
                .hasMessageContaining("sae.id");
        ExperimentSpec two = DemoPlatform.shortExperiment("two layers");
        assertThatThrownBy(() -> client.submit(with(two, SaeSpec.existing(imported.id()), two.layers())))
                .hasMessageContaining("layers")
                .hasMessageContaining("curve")
                .hasMessageContaining("controls.secondSeed");
    }

    /** One image alone, beside the code that the whole dataset's extraction and encoding stored for it. */
    private void assertImageGivesItsStoredCode(Taxoscope client, String experiment) throws Exception {
        ExperimentView view = client.experiments().find(experiment);
        ContentStore store =
                ContentStore.at(PlatformHome.at(folder.resolve("home")).store());
        String dataset = resource(view, Kind.REGISTER_DATASET);
        String codes = Objects.requireNonNull(
                client.encodings().find(resource(view, Kind.ENCODE)).codes());
        Path file = folder.resolve("image.jpg");
        for (int index : new int[] {0, 57}) {
            Files.write(
                    file,
                    store.read(
                            new Sha256(client.datasets().image(dataset, index).sha256())));
            ImageLatents found = client.latentsOf(experiment, LAYER, file);
            Map<Integer, Float> stored = stored(store, codes, index);
            assertThat(found.latents()).hasSize(Math.min(10, stored.size()));
            for (ImageLatents.ActiveLatent latent : found.latents()) {
                int id = latent.feature().scores().latent();
                assertThat(latent.activation()).isCloseTo(Objects.requireNonNull(stored.get(id)), within(1e-3));
                assertThat(latent.feature().scores().nActive()).isPositive();
                assertThat(latent.feature().thumbnails()).isNotEmpty();
            }
            double strongest = stored.values().stream()
                    .mapToDouble(Float::doubleValue)
                    .max()
                    .orElseThrow();
            assertThat(found.latents().getFirst().activation()).isCloseTo(strongest, within(1e-3));
            assertThat(found.timing().modelWasLoaded()).isEqualTo(index > 0);
        }
        Files.writeString(file, "no picture");
        assertThatThrownBy(() -> client.latentsOf(experiment, LAYER, file)).hasMessageContaining("image");
        assertThatThrownBy(() -> client.latentsOf(experiment, "no layer", file)).hasMessageContaining("no layer");
    }

    private static Map<Integer, Float> stored(ContentStore store, String codes, int index) {
        Map<Integer, Float> found = new HashMap<>();
        Codes.open(store, new Sha256(codes)).forEachShard(shard -> {
            int row = index - shard.firstExample();
            if (row >= 0 && row < shard.nExamples()) {
                for (int at = shard.begin(row); at < shard.end(row); at++) {
                    found.put(shard.latent(at), shard.value(at));
                }
            }
        });
        return found;
    }

    private static String resource(ExperimentView experiment, Kind kind) {
        return experiment.stages().stream()
                .filter(stage ->
                        stage.kind() == kind && (stage.variant() == null || stage.variant() == Variant.TRAINED))
                .map(ExperimentView.Stage::resource)
                .map(Objects::requireNonNull)
                .map(link -> link.substring(link.lastIndexOf('/') + 1))
                .findFirst()
                .orElseThrow();
    }

    private static String sae(ExperimentView experiment) {
        return experiment.stages().stream()
                .filter(stage -> stage.kind() == Kind.TRAIN && stage.variant() == Variant.TRAINED)
                .map(ExperimentView.Stage::resource)
                .map(Objects::requireNonNull)
                .findFirst()
                .orElseThrow();
    }

    private static LayerReport report(Taxoscope client, ExperimentView experiment) {
        return client.experiments().layers(experiment.id()).items().getFirst();
    }

    private static ExperimentView finished(Taxoscope client, ExperimentSpec spec) throws Exception {
        ExperimentView done = client.awaitFinished(client.submit(spec).id(), view -> {});
        assertThat(done.state()).as("%s: %s", spec.name(), done.error()).isEqualTo(JobState.SUCCEEDED);
        return done;
    }

    private static SaeSpec trained(Architecture architecture, Sparsity sparsity) {
        Integer k = architecture == Architecture.BATCH_TOPK ? 4 : null;
        return new SaeSpec(
                architecture, k, null, 1.0, 200, 256, null, null, null, null, null, sparsity, null, null, null, null);
    }

    private static ExperimentSpec spec(String name, SaeSpec sae) {
        ExperimentSpec demo = DemoPlatform.shortExperiment(name);
        return new ExperimentSpec(
                demo.name(),
                demo.model(),
                demo.dataset(),
                List.of(LAYER),
                demo.token(),
                sae,
                demo.scoring(),
                new Controls(true, true, true, false),
                null,
                new Analyses(false, false),
                demo.seed());
    }

    private static ExperimentSpec with(ExperimentSpec spec, SaeSpec sae, @Nullable List<String> layers) {
        return new ExperimentSpec(
                spec.name(),
                spec.model(),
                spec.dataset(),
                layers,
                spec.token(),
                sae,
                spec.scoring(),
                spec.controls(),
                spec.curve(),
                spec.analyses(),
                spec.seed());
    }
}

package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentSpec.Analyses;
import io.taxoscope.api.gateway.ExperimentSpec.Controls;
import io.taxoscope.api.gateway.ExperimentSpec.DatasetRef;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.api.gateway.ScoringSpec;
import io.taxoscope.api.gateway.SynsetCoverage;
import io.taxoscope.api.gateway.SynsetCoverage.InLayer;
import io.taxoscope.api.gateway.SynsetLatents;
import io.taxoscope.api.gateway.SynsetLatents.Child;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.CreateTaxonomy;
import io.taxoscope.api.taxonomy.CreateTaxonomy.Format;
import io.taxoscope.api.taxonomy.CreateTaxonomy.Text;
import io.taxoscope.api.taxonomy.ScoringConfig;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.sdk.ProblemException;
import io.taxoscope.sdk.Taxoscope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A taxonomy of one's own, from its upload to an experiment's export, through the real services. */
class UploadedTaxonomyIT {
    /** Of the demo's ten classes; a bird and an airplane have two parents, as nothing has in a tree. */
    private static final String EDGES = """
            animal	thing
            vehicle	thing
            flier	thing
            airplane	vehicle
            airplane	flier
            bird	animal
            bird	flier
            car	road
            truck	road
            road	vehicle
            ship	vehicle
            frog	animal
            mammal	animal
            cat	carnivore
            dog	carnivore
            carnivore	mammal
            deer	hoofed
            horse	hoofed
            hoofed	mammal
            """;

    /** The classes by the wnids that the demo's folders are named by, which makes them labels of the dataset. */
    private static final String NAMES = """
            airplane	airplane|n02691156
            car	car|n02958343
            bird	bird|n01503061
            cat	cat|n02121620
            deer	deer|n02430045
            dog	dog|n02084071
            frog	frog|n01639765
            horse	horse|n02374451
            ship	ship|n04194289
            truck	truck|n04490091
            thing	thing
            animal	animal
            vehicle	vehicle
            flier	flier
            road	road vehicle
            mammal	mammal
            carnivore	carnivore
            hoofed	hoofed mammal
            """;

    /** The same classes as iNaturalist names its folders; what is no organism has ranks of its own. */
    private static final String FOLDERS = """
            00001_Artefacta_Vehicula_Aeria_Plana_Planidae_Planum_communis
            00002_Artefacta_Vehicula_Terrestria_Carra_Carridae_Carrus_parvus
            00003_Animalia_Chordata_Aves_Passeriformes_Passeridae_Passer_domesticus
            00004_Animalia_Chordata_Mammalia_Carnivora_Felidae_Felis_catus
            00005_Animalia_Chordata_Mammalia_Artiodactyla_Cervidae_Cervus_elaphus
            00006_Animalia_Chordata_Mammalia_Carnivora_Canidae_Canis_familiaris
            00007_Animalia_Chordata_Amphibia_Anura_Ranidae_Rana_temporaria
            00008_Animalia_Chordata_Mammalia_Perissodactyla_Equidae_Equus_caballus
            00009_Artefacta_Vehicula_Aquatica_Naves_Navidae_Navis_communis
            00010_Artefacta_Vehicula_Terrestria_Carra_Carridae_Carrus_magnus
            """;

    /** In the order of the folders above. */
    private static final List<String> WNIDS = List.of(
            "n02691156",
            "n02958343",
            "n01503061",
            "n02121620",
            "n02430045",
            "n02084071",
            "n01639765",
            "n02374451",
            "n04194289",
            "n04490091");

    private static final String LAYER = "blocks.5.resid_post";

    @TempDir
    private static Path folder;

    private static DemoPlatform platform;
    private static Taxoscope client;
    private static String edges = "";
    private static ExperimentView done;

    @BeforeAll
    static void runAnExperiment() throws InterruptedException {
        platform = DemoPlatform.start(folder);
        client = platform.client();
        edges = create("things", Format.EDGES, EDGES, NAMES);
        done = finished(experiment("things", dataset(null, null, null, edges), null));
        assertThat(done.state()).as("%s", done.error()).isEqualTo(JobState.SUCCEEDED);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void scoresAgainstItsNodes() {
        LayerReport report = client.experiments().layers(done.id()).items().getFirst();

        assertThat(report.trained().hierarchy().nClasses()).isEqualTo(10);
        assertThat(report.trained().hierarchy().coverage().all().denominator()).isEqualTo(18);
        assertThat(report.trained().hierarchy().nEligible()).isPositive();
        assertThat(client.features(done.id(), LAYER).withF1(0).stream())
                .isNotEmpty()
                .allSatisfy(feature -> assertThat(EDGES)
                        .contains(
                                Objects.requireNonNull(feature.scores().best()).wnid()));
    }

    @Test
    void showsItAsATreeWithBothParents() {
        SynsetCoverage coverage = client.experiments().synsets(done.id(), Variant.TRAINED, null, 20_000);

        assertThat(coverage.root()).isEqualTo("thing");
        assertThat(coverage.synsets()).hasSize(18);
        assertThat(node(coverage, "bird").parents()).containsExactlyInAnyOrder("animal", "flier");
        assertThat(node(coverage, "mammal"))
                .extracting(SynsetCoverage.Node::height, SynsetCoverage.Node::nClasses, SynsetCoverage.Node::isClass)
                .containsExactly(2, 4, false);
        long marking = coverage.synsets().stream()
                .flatMap(node -> node.layers().stream())
                .mapToInt(InLayer::nMarking)
                .sum();
        assertThat(marking)
                .isEqualTo(client.features(done.id(), LAYER).withF1(0).stream().count());
    }

    private static SynsetCoverage.Node node(SynsetCoverage coverage, String id) {
        return coverage.synsets().stream()
                .filter(node -> node.wnid().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void answersTheLatentsOfANodeAndOfItsChildren() {
        SynsetLatents mammal = client.experiments().synset(done.id(), "mammal", Variant.TRAINED, null, 1000);

        assertThat(mammal.name()).isEqualTo("mammal");
        assertThat(mammal.children()).extracting(Child::wnid).containsExactlyInAnyOrder("carnivore", "hoofed");
        long below = client.features(done.id(), LAYER).below("mammal").stream().count();
        assertThat(mammal.nMarking()
                        + mammal.children().stream().mapToInt(Child::nMarking).sum())
                .isEqualTo((int) below);
        assertThat(client.experiments()
                        .synset(done.id(), "mammal", Variant.UNTRAINED, null, 1000)
                        .children())
                .extracting(Child::wnid)
                .containsExactlyInAnyOrder("carnivore", "hoofed");
    }

    @Test
    void exportsItsNodesForEveryVariant() throws Exception {
        Path file = folder.resolve("things.csv");
        client.export(done.id(), "csv", Set.of(Variant.TRAINED, Variant.UNTRAINED), file);

        List<String> lines = Files.readAllLines(file);
        int latents = client.experiments()
                .layers(done.id())
                .items()
                .getFirst()
                .trained()
                .hierarchy()
                .nLatents();
        assertThat(lines).hasSize(1 + 2 * latents);
        assertThat(lines.getFirst()).startsWith("layer,variant,step,latent");
        assertThat(lines.stream().skip(1).map(line -> line.split(",", -1)[1])).containsOnly("TRAINED", "UNTRAINED");
    }

    @Test
    void takesTheFolderNamesOfINaturalist() throws Exception {
        String paths = create("folders", Format.PATHS, FOLDERS, null);
        var mapping = new StringBuilder();
        List<String> folders = FOLDERS.lines().toList();
        for (int i = 0; i < WNIDS.size(); i++) {
            mapping.append("%s\t%s\n".formatted(WNIDS.get(i), folders.get(i).replaceFirst("^\\d+_", "")));
        }
        ExperimentView view = finished(
                experiment("folders", dataset(datasetId(), null, new Text(null, mapping.toString()), paths), null));
        assertThat(view.state()).as("%s", view.error()).isEqualTo(JobState.SUCCEEDED);

        SynsetCoverage coverage = client.experiments().synsets(view.id(), Variant.TRAINED, null, 20_000);
        assertThat(node(coverage, "Animalia_Chordata_Mammalia").nClasses()).isEqualTo(4);
        assertThat(client.experiments()
                        .synset(view.id(), "Animalia_Chordata_Mammalia_Carnivora", Variant.TRAINED, null, 5)
                        .children())
                .hasSize(2);
        Path file = folder.resolve("folders.ndjson");
        client.export(view.id(), "ndjson", file);
        assertThat(Files.readString(file)).contains("\"best_wnid\":\"A");
    }

    @Test
    void refusesATaxonomyWithACycleByLine() {
        ProblemException refusal = refusal(() -> create("ring", Format.EDGES, "a\tb\nb\tc\nc\ta\n", null));

        assertThat(refusal.code()).isEqualTo("TAXONOMY_INVALID");
        assertThat(refusal.status()).isEqualTo(422);
        assertThat(refusal.errors()).isNotEmpty().allSatisfy(error -> {
            assertThat(error.field()).startsWith("source[");
            assertThat(error.message()).contains("cycle");
        });
    }

    @Test
    void namesTheLabelsThatLieOutsideIt() {
        String two = create("two", Format.EDGES, "n02084071\tthing\nn02121620\tthing\n", null);
        ProblemException refusal = refused(dataset(datasetId(), null, null, two), null);

        assertThat(refusal.code()).isEqualTo("EXPERIMENT_INVALID");
        assertThat(refusal.errors())
                .hasSize(8)
                .extracting(ProblemException.FieldError::field)
                .contains("dataset.labels.n04490091")
                .doesNotContain("dataset.labels.n02084071");
    }

    @Test
    void refusesAClassWithoutImages() {
        ProblemException refusal = refused(dataset(datasetId(), Map.of("volcano", "ship"), null, edges), null);

        assertThat(refusal.errors())
                .extracting(ProblemException.FieldError::field)
                .containsExactly("dataset.labels.volcano");
        assertThat(refusal.getMessage()).contains("empty");

        var labels = new HashMap<>(Map.of("volcano", "ship"));
        WNIDS.forEach(wnid -> labels.put(wnid, "dog"));
        assertThat(refusal(() -> score(labels, 10)).code()).isEqualTo("EMPTY_CLASS");
    }

    @Test
    void refusesASingleClass() {
        var labels = new HashMap<String, String>();
        WNIDS.forEach(wnid -> labels.put(wnid, "dog"));
        ProblemException refusal = refused(dataset(datasetId(), labels, null, edges), null);

        assertThat(refusal.errors())
                .extracting(ProblemException.FieldError::field)
                .containsExactly("dataset.labels");
        assertThat(refusal.getMessage()).contains("one class only, dog", "at least two");
        assertThat(refusal(() -> score(labels, 10)).code()).isEqualTo("TOO_FEW_CLASSES");
    }

    @Test
    void refusesAKOutOfRange() {
        ProblemException refusal =
                refused(dataset(datasetId(), null, null, edges), new ScoringSpec(1001, null, null, null, null));
        assertThat(refusal.errors())
                .extracting(ProblemException.FieldError::field, ProblemException.FieldError::message)
                .containsExactly(tuple("scoring.topK", "must be less than or equal to 1000"));
    }

    @Test
    void keepsATaxonomyThatAScoringNeeds() {
        assertThat(refusal(() -> client.taxonomies().delete(edges)).code()).isEqualTo("TAXONOMY_IN_USE");
    }

    private static String create(String name, Format format, String text, @Nullable String labels) {
        var request =
                new CreateTaxonomy(name, format, new Text(null, text), labels == null ? null : new Text(null, labels));
        return Objects.requireNonNull(client.taxonomies().create(request).getBody())
                .id();
    }

    private static String datasetId() {
        return Objects.requireNonNull(done.datasetId());
    }

    /** @param id null for the demo's images, registered anew */
    private static DatasetRef dataset(
            @Nullable String id, @Nullable Map<String, String> labels, @Nullable Text mapping, String taxonomy) {
        DatasetRef demo = DemoPlatform.shortExperiment("demo").dataset();
        return new DatasetRef(
                id,
                id == null ? demo.name() : null,
                id == null ? demo.source() : null,
                null,
                null,
                labels,
                mapping,
                taxonomy);
    }

    /** One layer and its untrained control. */
    private static ExperimentSpec experiment(String name, DatasetRef dataset, @Nullable ScoringSpec scoring) {
        ExperimentSpec demo = DemoPlatform.shortExperiment(name);
        return new ExperimentSpec(
                name,
                demo.model(),
                dataset,
                List.of(LAYER),
                demo.token(),
                demo.sae(),
                scoring,
                new Controls(true, false, false, false),
                null,
                new Analyses(false, false),
                0L);
    }

    private static ExperimentView finished(ExperimentSpec spec) throws InterruptedException {
        return client.awaitFinished(client.submit(spec).id(), view -> {});
    }

    /** Scores the finished experiment's codes by other labels. */
    private static ScoringView score(Map<String, String> labels, int topK) {
        String id = client.experiments()
                .layers(done.id())
                .items()
                .getFirst()
                .trained()
                .scoringId();
        ScoringView scored = client.scorings().find(id);
        var config = new ScoringConfig(topK, .9, 50, 0, 0, 0);
        return Objects.requireNonNull(client.scorings()
                .submit(new CreateScoring(scored.codes(), scored.dataset(), labels, config, edges), null)
                .getBody());
    }

    private static ProblemException refused(DatasetRef dataset, @Nullable ScoringSpec scoring) {
        return refusal(() -> client.submit(experiment("refused", dataset, scoring)));
    }

    private static ProblemException refusal(Runnable request) {
        return Objects.requireNonNull(catchThrowableOfType(ProblemException.class, request::run));
    }
}

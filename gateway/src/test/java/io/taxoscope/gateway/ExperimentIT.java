package io.taxoscope.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.sae.Conventions;
import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.CreateComparison.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;

class ExperimentIT extends GatewayFixture {
    private static final String LAYER = "blocks.1.resid_post";

    @Test
    void drivesEveryStageOnceAndReports() {
        ExperimentView submitted = submit(Documents.json());
        assertThat(submitted.spec().layers())
                .containsExactly("blocks.0.resid_post", "blocks.1.resid_post", "blocks.2.resid_post");
        assertThat(submitted.spec().sae()).isNotNull().satisfies(sae -> assertThat(sae.steps())
                .isEqualTo(2000));
        assertThat(submitted.stages()).hasSize(4 + 3 * 3 * 4 + 3 * 2 + 2);

        ExperimentView done = awaitState(submitted.id(), JobState.SUCCEEDED);
        assertThat(done.progress()).isEqualTo(1);
        assertThat(done.stages()).allSatisfy(stage -> assertThat(stage.state()).isEqualTo(JobState.SUCCEEDED));
        assertThat(FAKES.sae().saeJobs.calls()).hasSize(12).allMatch(call -> call.startsWith("submit"));
        assertThat(FAKES.taxonomy().scoringJobs.calls()).hasSize(12).allMatch(call -> call.startsWith("submit"));

        http.get()
                .uri("/api/v1/experiments/{id}/layers", done.id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(3)
                .jsonPath("$.items[1].layer")
                .isEqualTo(LAYER)
                .jsonPath("$.items[1].variants[*].variant")
                .isEqualTo(List.of("TRAINED", "UNTRAINED", "NEURONS", "PCA"))
                .jsonPath("$.items[1].variants[*].sae.fvu")
                .isEqualTo(List.of(0.1, 0.9, 0.7, 0.3))
                .jsonPath("$.items[1].variants[0].margins")
                .isEmpty()
                .jsonPath("$.items[1].variants[1].margins[0].score")
                .isEqualTo("LCH_HEIGHT");
    }

    @Test
    void scoresASecondSeedAndCheckpointsOfTheTraining() {
        String document = Documents.json().replace("\"name\": \"first\",", """
                        "name": "first", "layers": ["%s"], "curve": [0.5, 0.1],
                        "controls": {"neurons": false, "pca": false, "secondSeed": true},
                        """.formatted(LAYER));
        ExperimentView submitted = submit(document);
        assertThat(submitted.spec().curve()).containsExactly(0.1, 0.5);
        assertThat(submitted.stages()).hasSize(4 + 3 * 3 + 2 * 2 + 3);

        ExperimentView done = awaitState(submitted.id(), JobState.SUCCEEDED);

        assertThat(FAKES.sae().saeJobs.requests())
                .extracting(CreateSae::snapshots, request -> request.config().seed())
                .containsExactlyInAnyOrder(tuple(List.of(200, 1000), 0L), tuple(null, 0L), tuple(null, 1L));
        http.get()
                .uri("/api/v1/experiments/{id}/curve?layer={layer}", done.id(), LAYER)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.points[*].step")
                .isEqualTo(List.of(0, 200, 1000, 2000))
                .jsonPath("$.points[*].sae.fvu")
                .isEqualTo(List.of(0.9, 0.5, 0.5, 0.1));
        http.get()
                .uri("/api/v1/experiments/{id}/layers", done.id())
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].variants[*].variant")
                .isEqualTo(List.of("TRAINED", "UNTRAINED", "SECOND_SEED"));
    }

    @Test
    void relatesLatentsAndFollowsThemFromLayerToLayer() {
        String document = Documents.json()
                .replace("\"name\": \"first\",", "\"name\": \"first\", \"controls\": {\"secondSeed\": true},");
        String id = submit(document).id();
        awaitState(id, JobState.SUCCEEDED);

        assertThat(FAKES.analyses().relationJobs.requests()).hasSize(6);
        assertThat(FAKES.analyses().comparisonJobs.requests())
                .extracting(CreateComparison::kind)
                .containsExactlyInAnyOrder(Kind.SEEDS, Kind.SEEDS, Kind.SEEDS, Kind.LAYERS, Kind.LAYERS);
        http.get()
                .uri("/api/v1/experiments/{id}/relations", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(6)
                .jsonPath("$.items[1].variant")
                .isEqualTo("UNTRAINED")
                .jsonPath("$.items[1].report.nAssigned")
                .isEqualTo(7);
        http.get()
                .uri("/api/v1/experiments/{id}/comparisons", id)
                .exchange()
                .expectBody()
                .jsonPath("$.items.length()")
                .isEqualTo(5)
                .jsonPath("$.items[3].kind")
                .isEqualTo("LAYERS")
                .jsonPath("$.items[3].layer")
                .isEqualTo(LAYER)
                .jsonPath("$.items[3].nextLayer")
                .isEqualTo("blocks.2.resid_post");
    }

    @Test
    void showsWhichLatentsOfWhichLayersMarkASynset() {
        String id = submit(Documents.json()).id();
        awaitState(id, JobState.SUCCEEDED);

        http.get()
                .uri("/api/v1/experiments/{id}/synsets", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.layers.length()")
                .isEqualTo(3)
                .jsonPath("$.root")
                .isEqualTo("n00015388")
                .jsonPath("$.synsets[0].layers[2].nReaching")
                .isEqualTo(1)
                .jsonPath("$.synsets[0].layers[2].bestLatent")
                .doesNotExist()
                .jsonPath("$.synsets[1].layers[2].nMarking")
                .isEqualTo(14)
                .jsonPath("$.synsets[1].layers[2].bestF1")
                .isEqualTo(1.0 / 3)
                .jsonPath("$.synsets[2].layers")
                .isEmpty();
        http.get()
                .uri("/api/v1/experiments/{id}/synsets/n00015388?limit=5", id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.nMarking")
                .isEqualTo(0)
                .jsonPath("$.children[0].wnid")
                .isEqualTo("n02084071")
                .jsonPath("$.children[0].nMarking")
                .isEqualTo(3 * 14)
                .jsonPath("$.children[0].marking.length()")
                .isEqualTo(5)
                .jsonPath("$.children[0].marking[3].f1")
                .isEqualTo(1.0 / 4)
                .jsonPath("$.children[1].nMarking")
                .isEqualTo(0);
        http.get()
                .uri("/api/v1/experiments/{id}/synsets/n99999999", id)
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void refusesToCompareMoreLatentsThanCanBeMatched() {
        String document = Documents.json()
                .replace("\"expansion\": 2", "\"width\": 8193")
                .replace("\"name\": \"first\",", "\"name\": \"first\", \"controls\": {\"secondSeed\": true},");
        assertThat(refusedFields(document)).containsExactly("controls.secondSeed");
    }

    @Test
    void trainsByTheConventionsOfTheDocument() {
        String id = submit(Documents.json().replace("\"expansion\": 2", """
                                "expansion": 2, "unitNormDecoder": false, "auxK": {"withBias": true},
                                "conventions": {"archetypes": {"candidates": 20, "relaxation": 0.5},
                                    "preEncoderBias": false}""")).id();
        awaitState(id, JobState.SUCCEEDED);
        Conventions wanted = new Conventions(false, null, null, new Conventions.Archetypes(20, 0.5), null, null, null);
        assertThat(FAKES.sae().saeJobs.requests())
                .filteredOn(request -> !request.config().dictionary().isOfActivations())
                .extracting(request -> request.config().conventions())
                .hasSize(6)
                .containsOnly(wanted);
        assertThat(FAKES.sae().saeJobs.requests())
                .filteredOn(request -> request.config().dictionary() == SaeConfig.Dictionary.LEARNED)
                .allSatisfy(request -> assertThat(
                                Objects.requireNonNull(request.config().auxK()).withBias())
                        .isTrue());
    }

    @Test
    void refusesConventionsThatContradict() {
        String document = Documents.json().replace("\"expansion\": 2", """
                "expansion": 2, "auxK": {"coefficient": 0, "kAux": 3},
                "conventions": {"archetypes": {"candidates": 20, "relaxation": 0.5}}""");
        assertThat(refusedFields(document))
                .containsExactlyInAnyOrder("sae.conventions.archetypes", "sae.auxK.coefficient");
    }

    @Test
    void refusesCheckpointsThatAreNone() {
        String document = Documents.json()
                .replace("\"name\": \"first\",", "\"name\": \"first\", \"curve\": [0.5, 0.0001, 0.50001, 1.0],");
        assertThat(refusedFields(document)).containsExactlyInAnyOrder("curve[1]", "curve[2]", "curve[3]");
    }

    @Test
    void takesTheSameDocumentAsYaml() {
        ExperimentView experiment = http.post()
                .uri("/api/v1/experiments")
                .contentType(MediaType.parseMediaType("application/yaml"))
                .body(Documents.yaml())
                .exchange()
                .expectStatus()
                .isAccepted()
                .expectBody(ExperimentView.class)
                .returnResult()
                .getResponseBody();
        assertThat(Objects.requireNonNull(experiment).spec().layers()).containsExactly(LAYER);
    }

    @Test
    void answersTheSameExperimentForTheSameKey() {
        String first = submit(Documents.json(), "key").id();
        assertThat(submit(Documents.json(), "key").id()).isEqualTo(first);
        assertThat(FAKES.activation().datasetJobs.calls())
                .filteredOn(call -> call.startsWith("submit"))
                .hasSize(1);
        http.post()
                .uri("/api/v1/experiments")
                .header("Idempotency-Key", "key")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Documents.json().replace("first", "second"))
                .exchange()
                .expectStatus()
                .isEqualTo(409);
    }

    @Test
    void namesEveryWrongFieldAndStartsNothing() {
        Map<String, Object> problem = http.post()
                .uri("/api/v1/experiments")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Documents.WRONG)
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        List<?> errors = (List<?>) Objects.requireNonNull(problem).getOrDefault("errors", List.of());
        assertThat(errors)
                .map(error -> ((Map<?, ?>) error).get("field"))
                .map(String::valueOf)
                .containsExactlyInAnyOrder("name", "sae.k", "sae.stepz", "scoring.topK", "token");
    }

    @Test
    void refusesOptionsWithoutEffect() {
        String relu = Documents.json().replace("\"k\": 4,", "\"k\": 4, \"architecture\": \"RELU\",");
        assertThat(refusedFields(relu)).containsExactly("sae.k", "sae.sparsity.penalty");
        String idle = Documents.json().replace("\"k\": 4,", "\"k\": 4, \"sparsity\": {\"thresholdMomentum\": 0.1},");
        assertThat(refusedFields(idle)).containsExactly("sae.sparsity.thresholdMomentum");
        String incomplete = Documents.json().replace("\"k\": 4,", "\"k\": 4, \"architecture\": \"BATCH_TOPK\",");
        assertThat(refusedFields(incomplete)).containsExactly("sae.sparsity.thresholdMomentum");
    }

    @Test
    void asksTheServicesWhetherModelTapsAndLabelsExist() {
        FAKES.activation().labels = List.of("n02084071", "crane");
        String dataset = submitted(Documents.json());
        String wrong = Documents.json()
                .replace(
                        "\"name\": \"first\",",
                        "\"name\": \"first\", \"layers\": [\"blocks.9\", \"blocks.0.resid_post\"],")
                .replaceAll("\"dataset\": \\{[^}]*}}", "\"dataset\": {\"id\": \"" + dataset + "\"}");
        assertThat(refusedFields(wrong)).containsExactlyInAnyOrder("layers[0]", "dataset.labels.crane");
        String beyond = wrong.replace("\"name\": \"first\",", "\"name\": \"first\", \"scoring\": {\"topK\": 21},");
        assertThat(refusedFields(beyond))
                .containsExactlyInAnyOrder("layers[0]", "dataset.labels.crane", "scoring.topK");
        assertThat(refusedFields(wrong.replace("\"id\": \"" + dataset + "\"", "\"source\": {\"path\": \"/nowhere\"}")))
                .containsExactlyInAnyOrder("layers[0]", "dataset");
    }

    @Test
    void scoresAgainstTheTaxonomyThatTheDatasetNames() {
        FAKES.activation().labels = List.of("crane", "maillot");
        String birds = Documents.json().replace("\"dataset\": {", "\"dataset\": {\"taxonomy\": \"of-birds\", ");

        awaitState(submit(birds).id(), JobState.SUCCEEDED);

        assertThat(FAKES.taxonomy().scoringJobs.requests()).isNotEmpty().allSatisfy(request -> {
            assertThat(request.taxonomy()).isEqualTo("of-birds");
            assertThat(request.labels()).containsEntry("crane", "crane");
        });
        assertThat(refusedFields(birds.replace("of-birds", "of-fish"))).containsExactly("dataset.taxonomy");
    }

    @Test
    void cancelsTheJobsBehindARunningExperimentAndTakesThemUpAgain() {
        FAKES.sae().saeJobs.held = true;
        String id = submit(Documents.json()).id();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> FAKES.sae().saeJobs.calls().size() == 12);
        post("/api/v1/experiments/" + id + "/cancel");
        ExperimentView cancelled = awaitState(id, JobState.CANCELLED);
        assertThat(FAKES.sae().saeJobs.calls())
                .filteredOn(call -> call.startsWith("cancel"))
                .hasSize(12);
        assertThat(cancelled.stages()).noneMatch(stage -> stage.state() == JobState.RUNNING);

        FAKES.sae().saeJobs.held = false;
        post("/api/v1/experiments/" + id + "/retry");
        awaitState(id, JobState.SUCCEEDED);
        assertThat(FAKES.sae().saeJobs.calls())
                .filteredOn(call -> call.startsWith("retry"))
                .hasSize(12);
        assertThat(FAKES.activation().extractionJobs.calls()).hasSize(1).allMatch(call -> call.startsWith("submit"));
    }

    @Test
    void failsWithTheStagesReasonAndContinuesFromThereOnRetry() {
        FAKES.sae().encodingJobs.failNext = true;
        String id = submit(Documents.json()).id();
        ExperimentView failed = awaitState(id, JobState.FAILED);
        assertThat(failed.error()).isNotNull().satisfies(error -> {
            assertThat(error.code()).isEqualTo("STAGE_FAILED");
            assertThat(error.detail()).contains("ENCODE of blocks", "FAKE_FAILURE");
        });
        post("/api/v1/experiments/" + id + "/retry");
        ExperimentView done = awaitState(id, JobState.SUCCEEDED);
        assertThat(done.error()).isNull();
        assertThat(FAKES.activation().extractionJobs.calls()).hasSize(1).allMatch(call -> call.startsWith("submit"));
    }

    @Test
    void deletesWhatBelongsToAFinishedExperiment() {
        FAKES.sae().saeJobs.held = true;
        String id = submit(Documents.json()).id();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !FAKES.sae().saeJobs.calls().isEmpty());
        http.delete()
                .uri("/api/v1/experiments/{id}", id)
                .exchange()
                .expectStatus()
                .isEqualTo(409);
        FAKES.sae().saeJobs.held = false;
        awaitState(id, JobState.SUCCEEDED);
        http.delete()
                .uri("/api/v1/experiments/{id}", id)
                .exchange()
                .expectStatus()
                .isNoContent();
        http.get().uri("/api/v1/experiments/{id}", id).exchange().expectStatus().isNotFound();
        assertThat(FAKES.taxonomy().scoringJobs.calls())
                .filteredOn(call -> call.startsWith("delete"))
                .hasSize(12);
    }

    @Test
    void listsNewestFirstInPages() {
        String older = submit(Documents.json()).id();
        String newer = submit(Documents.json()).id();
        http.get()
                .uri("/api/v1/experiments?limit=1")
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].id")
                .isEqualTo(newer)
                .jsonPath("$.nextCursor")
                .isEqualTo(newer);
        http.get()
                .uri("/api/v1/experiments?limit=1&cursor=" + newer)
                .exchange()
                .expectBody()
                .jsonPath("$.items[0].id")
                .isEqualTo(older);
    }

    /** Runs a document to its end, and answers its dataset. */
    private String submitted(String document) {
        String id = submit(document.replace("\"dataset\": {", "\"dataset\": {\"labels\": {\"crane\": \"n02012849\"}, "))
                .id();
        return Objects.requireNonNull(awaitState(id, JobState.SUCCEEDED).datasetId());
    }

    private List<String> refusedFields(String document) {
        Map<String, Object> problem = http.post()
                .uri("/api/v1/experiments")
                .contentType(MediaType.APPLICATION_JSON)
                .body(document)
                .exchange()
                .expectStatus()
                .isEqualTo(422)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody();
        List<?> errors = (List<?>) Objects.requireNonNull(problem).getOrDefault("errors", List.of());
        return errors.stream()
                .map(error -> String.valueOf(((Map<?, ?>) error).get("field")))
                .toList();
    }
}

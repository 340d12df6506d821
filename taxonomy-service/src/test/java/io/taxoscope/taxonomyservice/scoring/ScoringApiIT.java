package io.taxoscope.taxonomyservice.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.Criterion;
import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureDetail.ClassCount;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.api.taxonomy.ScoringConfig;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@WithTaxonomyService
class ScoringApiIT {
    private static final String SCORINGS = "/api/v1/scorings";
    private static final ScoringConfig CONFIG = new ScoringConfig(10, .9, 500, 1, 200, 3);

    @Autowired
    private RestTestClient http;

    @Autowired
    private ContentStore store;

    @Autowired
    private JdbcClient jdbc;

    private PlantedExperiment planted = new PlantedExperiment("", "", Map.of());

    @BeforeEach
    void plant() {
        planted = PlantedExperiment.in(store);
    }

    @Test
    void findsWhatWasPlanted() {
        var report = Objects.requireNonNull(scored().report());

        assertThat(report.nLatents()).isEqualTo(6);
        assertThat(report.nActiveLatents()).isEqualTo(5);
        assertThat(report.nEligible()).isEqualTo(4);
        assertThat(report.nExamples()).isEqualTo(200);
        assertThat(report.nClasses()).isEqualTo(4);
        // dog, tabby, banana, and whole for the latent that fires on everything
        assertThat(report.coverage().all().covered()).isEqualTo(4);
        assertThat(report.coverage().classes().covered()).isEqualTo(2);
        assertThat(report.score(ScoreName.LCH_HEIGHT).mean())
                .isLessThan(report.score(ScoreName.LCH_HEIGHT).chance());
        assertThat(report.score(ScoreName.F1).mean()).isEqualTo(1);
        assertThat(report.score(ScoreName.F1).permuted()).isLessThan(.8);
        assertThat(report.score(ScoreName.F1).ciLow()).isEqualTo(1);
        assertThat(report.score(ScoreName.ENTROPY).mean()).isBetween(0.0, 1.0);
    }

    @Test
    void answersALatentWithItsImagesAndClasses() {
        var id = scored().id();
        var detail = get(SCORINGS + "/" + id + "/features/0", FeatureDetail.class);
        var best = Objects.requireNonNull(detail.feature().best());

        assertThat(best.wnid()).isEqualTo("n02084071");
        assertThat(best.name()).isEqualTo("dog");
        assertThat(best.f1()).isEqualTo(1);
        assertThat(best.purity()).isEqualTo(1);
        assertThat(best.mcc()).isEqualTo(1);
        assertThat(best.ap()).isEqualTo(1);
        assertThat(best.auroc()).isEqualTo(1);
        assertThat(best.qValue()).isLessThan(1e-6).isGreaterThan(best.pValue());
        assertThat(detail.feature().bestBy())
                .containsOnlyKeys(Criterion.AP, Criterion.AUROC, Criterion.MCC, Criterion.LIFT);
        // Lift alone does not tell the breeds from dog: all have 2, and the lowest is preferred.
        assertThat(detail.feature().bestBy())
                .extractingByKeys(Criterion.AP, Criterion.AUROC, Criterion.MCC)
                .extracting(FeatureView.BestSynset::name)
                .containsOnly("dog");
        // Both breeds alike: no entropy down to dog, then that of two classes.
        assertThat(detail.entropyProfile().getFirst()).isZero();
        assertThat(detail.entropyProfile().getLast()).isCloseTo(Math.log(2), within(1e-3));
        assertThat(detail.feature().density()).isEqualTo(.5);
        assertThat(detail.feature().value(ScoreName.NORMALISED_ENTROPY)).isBetween(.49, .5);
        assertThat(detail.top()).hasSize(10).allSatisfy(image -> {
            assertThat(image.value()).isEqualTo(7);
            assertThat(image.label()).isIn("retriever", "shepherd");
            assertThat(planted.labels()).containsEntry(image.label(), image.wnid());
        });
        assertThat(detail.classes()).extracting(ClassCount::label).containsExactlyInAnyOrder("retriever", "shepherd");
        assertThat(detail.classes()).extracting(ClassCount::nActive).containsOnly(50L);
        assertThat(detail.classes()).extracting(ClassCount::nImages).containsOnly(50L);
    }

    @Test
    void givesAnIneligibleLatentNoHierarchyScores() {
        var feature = get(SCORINGS + "/" + scored().id() + "/features/4", FeatureDetail.class)
                .feature();

        assertThat(feature.eligible()).isFalse();
        assertThat(feature.nActive()).isEqualTo(3);
        assertThat(feature.lch()).isNull();
        assertThat(feature.best()).isNull();
        assertThat(feature.value(ScoreName.ENTROPY)).isNull();
    }

    @ParameterizedTest
    @EnumSource(FeatureSort.class)
    void pagesThroughEveryLatentOnceInAnyOrder(FeatureSort sort) {
        var id = scored().id();
        var whole = features(id, "sort=" + sort).items();
        var pieces = new ArrayList<FeatureView>();
        String cursor = null;
        do {
            var page = features(id, "limit=2&sort=" + sort + (cursor == null ? "" : "&cursor=" + cursor));
            pieces.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(pieces).isEqualTo(whole).hasSize(6);
        if (sort != FeatureSort.LATENT) {
            assertThat(whole).extracting(FeatureView::eligible).containsExactly(true, true, true, true, false, false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sort=LCH_HEIGHT, 1 2 0 3 4 5",
        "sort=DENSITY, 3 0 1 2 4 5",
        "sort=ENTROPY, 1 2 0 3 4 5",
        "sort=LATENT&eligible=false, 4 5",
        "sort=LATENT&eligible=true, 0 1 2 3",
        "sort=LATENT&synset=n02075296, 0 1",
        "sort=LATENT&synset=n02084071, 0",
        "sort=LATENT&synset=n03790512, ''",
        "sort=LATENT&minF1=0.5, 0 1 2 3",
        "sort=LATENT&where=LCH_HEIGHT<=0, 1 2",
        "sort=LATENT&where=LCH_HEIGHT>=1&where=EFFECTIVE_CLASSES<=3, 0",
        "sort=LATENT&where=ENTROPY>=0, 0 1 2 3"
    })
    void sortsAndFilters(String query, String latents) {
        var found = features(scored().id(), query).items().stream()
                .map(feature -> String.valueOf(feature.latent()))
                .toList();

        assertThat(String.join(" ", found)).isEqualTo(latents);
    }

    @Test
    void theSameRequestGivesTheSameNumbers() {
        var one = scored();
        var two = scored();

        assertThat(two.id()).isNotEqualTo(one.id());
        assertThat(two.report()).isEqualTo(one.report());
        assertThat(features(two.id(), "").items())
                .isEqualTo(features(one.id(), "").items());
    }

    @Test
    void anIdempotencyKeyMakesOneScoringOfTwoRequests() {
        var request = http.post()
                .uri(SCORINGS)
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", "twice")
                .body(request(planted.labels()));
        var first = request.exchange().expectStatus().isAccepted().returnResult(ScoringView.class);

        assertThat(first.getResponseHeaders().getLocation()).asString().startsWith(SCORINGS + "/");
        assertThat(request.exchange()
                        .expectStatus()
                        .isAccepted()
                        .returnResult(ScoringView.class)
                        .getResponseHeaders()
                        .getLocation())
                .isEqualTo(first.getResponseHeaders().getLocation());
    }

    @Test
    void deletesAScoringWithAllItsRows() {
        var id = scored().id();
        http.delete().uri(SCORINGS + "/" + id).exchange().expectStatus().isNoContent();

        http.get().uri(SCORINGS + "/" + id).exchange().expectStatus().isNotFound();
        assertThat(jdbc.sql("select count(*) from feature where scoring_id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void namesEveryLabelThatHasNoSynset() {
        var labels = new HashMap<>(planted.labels());
        labels.remove("banana");
        labels.put("tabby", "n00000001");

        var problem = refused(labels, CONFIG);

        assertThat(problem).containsEntry("code", "LABELS_UNRESOLVED");
        assertThat(String.valueOf(problem.get("errors")))
                .contains("labels[banana]", "is the label of 50 images", "n07753592")
                .contains("labels[tabby]", "n00000001", "n02123045");
    }

    @Test
    void refusesAnEmptyClassAndASingleOne() {
        var labels = new HashMap<>(planted.labels());
        labels.put("volcano", "n09472597");
        assertThat(refused(labels, CONFIG)).containsEntry("code", "EMPTY_CLASS");

        labels.remove("volcano");
        labels.replaceAll((label, wnid) -> "n02084071");
        assertThat(refused(labels, CONFIG)).containsEntry("code", "TOO_FEW_CLASSES");
    }

    @Test
    void refusesAKLargerThanTheDatasetAndExplainsOneLargerThanAnyFiringCount() {
        assertThat(refused(planted.labels(), new ScoringConfig(201, .9, 500, 1, 0, 0)))
                .containsEntry("code", "TOP_K_TOO_LARGE");

        // Of its first three latents none fires on more than 100 images.
        var config = new ScoringConfig(101, .9, 500, 0, 0, 0);
        var request =
                new CreateScoring(PlantedExperiment.codes(store, 3).hex(), planted.dataset(), planted.labels(), config);
        var report = Objects.requireNonNull(awaitSuccess(submit(request)).report());
        assertThat(report.nEligible()).isZero();
        assertThat(report.score(ScoreName.LCH_HEIGHT).mean()).isNull();
        assertThat(report.score(ScoreName.LCH_HEIGHT).chance()).isNotNull();
        assertThat(report.notes())
                .singleElement()
                .asString()
                .contains("no latent fires on 101 examples", "busiest on 100");
    }

    @Test
    void cancelsAndContinuesAScoring() {
        // The only worker is busy with this for a while.
        var slow = new ScoringConfig(10, .9, 100_000, 0, 0, 0);
        submit(new CreateScoring(planted.codes(), planted.dataset(), planted.labels(), slow));
        var id = submit(request(planted.labels()));

        var cancelled = http.post().uri(SCORINGS + "/" + id + "/cancel").exchange();
        cancelled.expectStatus().isOk();
        awaitFinished(id);
        assertThat(get(SCORINGS + "/" + id, ScoringView.class).job().state()).isEqualTo(JobState.CANCELLED);
        assertThat(body(http.get().uri(SCORINGS + "/" + id + "/features"), 409))
                .containsEntry("code", "SCORING_NOT_FINISHED");

        http.post()
                .uri(SCORINGS + "/" + id + "/retry")
                .exchange()
                .expectStatus()
                .isAccepted();
        assertThat(awaitSuccess(id).report()).isNotNull();
        assertThat(features(id, "").items()).hasSize(6);
    }

    @Test
    void refusesReferencesThatDoNotFit() {
        var other = PlantedExperiment.dataset(store, List.of("retriever"));
        var missing = Sha256.of("nothing").hex();

        assertThat(refused(new CreateScoring(missing, planted.dataset(), planted.labels(), CONFIG)))
                .containsEntry("code", "REFERENCE_UNUSABLE");
        assertThat(refused(new CreateScoring(planted.codes(), missing, planted.labels(), CONFIG)))
                .containsEntry("code", "REFERENCE_UNUSABLE");
        assertThat(refused(new CreateScoring("xyz", planted.dataset(), planted.labels(), CONFIG)))
                .containsEntry("code", "REFERENCE_UNUSABLE");
        assertThat(refused(new CreateScoring(planted.codes(), other.hex(), planted.labels(), CONFIG)))
                .containsEntry("code", "EMPTY_CLASS");
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0, 422, VALIDATION_FAILED",
        "?limit=1001, 422, VALIDATION_FAILED",
        "?sort=BEST, 400, UNREADABLE_VALUE",
        "?cursor=abc, 422, CURSOR_INVALID",
        "?where=AP>0.3, 422, FILTER_INVALID",
        "?where=PRETTY>=0.3, 422, FILTER_INVALID",
        "?where=AP>=1e, 422, FILTER_INVALID",
        "?synset=dog, 404, SYNSET_NOT_FOUND",
        "/6, 404, FEATURE_NOT_FOUND"
    })
    void explainsQuestionsThatItCannotAnswer(String query, int status, String code) {
        var problem = body(http.get().uri(SCORINGS + "/" + scored().id() + "/features" + query), status);

        assertThat(problem).containsEntry("code", code);
    }

    private ScoringView scored() {
        return awaitSuccess(submit(request(planted.labels())));
    }

    private CreateScoring request(Map<String, String> labels) {
        return new CreateScoring(planted.codes(), planted.dataset(), labels, CONFIG);
    }

    private String submit(CreateScoring request) {
        return Objects.requireNonNull(http.post()
                        .uri(SCORINGS)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(request)
                        .exchange()
                        .expectStatus()
                        .isAccepted()
                        .expectBody(ScoringView.class)
                        .returnResult()
                        .getResponseBody())
                .id();
    }

    private void awaitFinished(String id) {
        await().atMost(Duration.ofMinutes(3)).until(() -> get(SCORINGS + "/" + id, ScoringView.class)
                .job()
                .state()
                .isFinished());
    }

    private ScoringView awaitSuccess(String id) {
        awaitFinished(id);
        var view = get(SCORINGS + "/" + id, ScoringView.class);
        assertThat(view.job().state()).as("%s", view.job().error()).isEqualTo(JobState.SUCCEEDED);
        return view;
    }

    private Map<String, Object> refused(Map<String, String> labels, ScoringConfig config) {
        return refused(new CreateScoring(planted.codes(), planted.dataset(), labels, config));
    }

    private Map<String, Object> refused(CreateScoring request) {
        return body(
                http.post()
                        .uri(SCORINGS)
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(request),
                422);
    }

    private static Map<String, Object> body(RestTestClient.RequestHeadersSpec<?> request, int status) {
        return Objects.requireNonNull(request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }

    private Page<FeatureView> features(String id, @Nullable String query) {
        return Objects.requireNonNull(http.get()
                .uri(SCORINGS + "/" + id + "/features?" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Page<FeatureView>>() {})
                .returnResult()
                .getResponseBody());
    }

    private <T> T get(String path, Class<T> type) {
        return Objects.requireNonNull(http.get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }
}

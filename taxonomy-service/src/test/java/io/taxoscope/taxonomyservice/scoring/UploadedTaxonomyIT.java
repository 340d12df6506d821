package io.taxoscope.taxonomyservice.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taxoscope.api.JobState;
import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.CreateTaxonomy;
import io.taxoscope.api.taxonomy.CreateTaxonomy.Format;
import io.taxoscope.api.taxonomy.CreateTaxonomy.Text;
import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureView.Placement;
import io.taxoscope.api.taxonomy.ScoringConfig;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.api.taxonomy.TaxonomyView;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Scores against a taxonomy that WordNet knows nothing of: two roots, a label above another one. */
@WithTaxonomyService
class UploadedTaxonomyIT {
    private static final String SCORINGS = "/api/v1/scorings";
    private static final ScoringConfig CONFIG = new ScoringConfig(10, .9, 500, 1, 200, 3);
    private static final String EDGES = "hound\tcanine\npup\thound\nfeline\tanimal\ncanine\tanimal\nyellow\tfood\n";
    private static final Map<String, String> LABELS =
            Map.of("retriever", "hound", "shepherd", "pup", "tabby", "feline", "banana", "yellow");

    @Autowired
    private RestTestClient http;

    @Autowired
    private ContentStore store;

    @Test
    void scoresEveryLatentAgainstIt() {
        var planted = PlantedExperiment.in(store);
        var taxonomy = upload();
        var id = submitted(new CreateScoring(planted.codes(), planted.dataset(), LABELS, CONFIG, taxonomy));
        await().atMost(Duration.ofMinutes(3))
                .until(() -> scoring(id).job().state().isFinished());

        assertThat(scoring(id).job().state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(scoring(id).taxonomy()).isEqualTo(taxonomy);
        // Latent 0 fires on retriever and shepherd, of which one lies above the other; latent 3 on everything.
        assertThat(lch(id, 0)).returns("hound", Placement::wnid).returns(1, Placement::height);
        assertThat(lch(id, 1)).returns("feline", Placement::wnid);
        assertThat(lch(id, 3)).returns("*ROOT*", Placement::wnid).returns(4, Placement::nClasses);
        assertThat(problem(http.delete().uri("/api/v1/taxonomies/" + taxonomy), 409))
                .containsEntry("code", "TAXONOMY_IN_USE");
        http.delete().uri(SCORINGS + "/" + id).exchange().expectStatus().isNoContent();
        http.delete()
                .uri("/api/v1/taxonomies/" + taxonomy)
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    @Test
    void refusesLabelsOutsideItAndATaxonomyThatIsNotThere() {
        var planted = PlantedExperiment.in(store);
        var taxonomy = upload();

        var outside =
                refused(new CreateScoring(planted.codes(), planted.dataset(), planted.labels(), CONFIG, taxonomy));
        assertThat(outside).containsEntry("code", "LABELS_UNRESOLVED");
        assertThat(String.valueOf(outside.get("errors")))
                .contains("is mapped to \"n02099601\", which is no node of kitchen zoo");
        var absent = refused(new CreateScoring(planted.codes(), planted.dataset(), LABELS, CONFIG, "0".repeat(64)));
        assertThat(absent).containsEntry("code", "REFERENCE_UNUSABLE");
        assertThat(String.valueOf(absent.get("detail"))).startsWith("taxonomy: there is no taxonomy 000");
    }

    private String upload() {
        var request = new CreateTaxonomy("kitchen zoo", Format.EDGES, new Text(null, EDGES), null);
        return Objects.requireNonNull(http.post()
                        .uri("/api/v1/taxonomies")
                        .contentType(MediaType.APPLICATION_JSON)
                        .body(request)
                        .exchange()
                        .expectStatus()
                        .is2xxSuccessful()
                        .expectBody(TaxonomyView.class)
                        .returnResult()
                        .getResponseBody())
                .id();
    }

    private Placement lch(String id, int latent) {
        var detail = Objects.requireNonNull(http.get()
                .uri(SCORINGS + "/" + id + "/features/" + latent)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(FeatureDetail.class)
                .returnResult()
                .getResponseBody());
        return Objects.requireNonNull(detail.feature().lch());
    }

    private String submitted(CreateScoring request) {
        return String.valueOf(problem(post(request), 202).get("id"));
    }

    private Map<String, Object> refused(CreateScoring request) {
        return problem(post(request), 422);
    }

    private RestTestClient.RequestHeadersSpec<?> post(CreateScoring request) {
        return http.post().uri(SCORINGS).contentType(MediaType.APPLICATION_JSON).body(request);
    }

    private ScoringView scoring(String id) {
        return Objects.requireNonNull(http.get()
                .uri(SCORINGS + "/" + id)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(ScoringView.class)
                .returnResult()
                .getResponseBody());
    }

    private static Map<String, Object> problem(RestTestClient.RequestHeadersSpec<?> request, int status) {
        return Objects.requireNonNull(request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }
}

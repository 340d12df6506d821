package io.taxoscope.taxonomyservice.synsets;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.taxonomy.LabelApi.LabelResolution;
import io.taxoscope.api.taxonomy.SimilarityView;
import io.taxoscope.api.taxonomy.SynsetApi.LchView;
import io.taxoscope.api.taxonomy.SynsetView;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@WithTaxonomyService
class SynsetApiIT {
    private static final String DOG = "/api/v1/synsets/n02084071";

    @Autowired
    private RestTestClient http;

    @Test
    void answersASynsetByItsWnid() {
        var dog = get(DOG, SynsetView.class);

        assertThat(dog.name()).isEqualTo("dog");
        assertThat(dog.lemmas()).contains("domestic_dog");
        assertThat(dog.parents()).containsExactly("n02083346", "n01317541");
        assertThat(dog.nChildren()).isEqualTo(18);
        assertThat(dog.maxDepth()).isEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/synsets?lemma=golden retriever, n02099601",
        "/api/v1/synsets/n02084071/parents, n02083346",
        "/api/v1/synsets/n02084071/children, n01322604",
        "/api/v1/synsets/n02084071/ancestors, n02083346",
        "/api/v1/synsets/n02084071/descendants?limit=1, n01322604"
    })
    void listsNeighboursNearestFirst(String path, String first) {
        assertThat(items(path).getFirst()).containsEntry("wnid", first);
    }

    @Test
    void ancestorsEndAtTheRootAndLeaveTheSynsetOut() {
        assertThat(items(DOG + "/ancestors"))
                .extracting(each -> each.get("name"))
                .endsWith("entity")
                .doesNotContain("dog");
        assertThat(items(DOG + "/descendants?limit=7")).hasSize(7);
    }

    @Test
    void answersTheLowestCommonHypernymWithItsRivals() {
        // tabby and golden retriever: the tie of the reference table
        var answer = post(
                "/api/v1/synsets/lowest-common-hypernym",
                Map.of("synsets", List.of("n02123045", "n02099601")),
                LchView.class);

        assertThat(answer.lch().wnid()).isEqualTo("n01317541");
        assertThat(answer.candidates()).extracting(SynsetView::name).containsExactly("domestic_animal", "carnivore");
        assertThat(answer.height()).isEqualTo(6);
        assertThat(answer.nClasses()).isEqualTo(123);
    }

    @Test
    void measuresHeightsAboveTheGivenLabels() {
        var answer = post(
                "/api/v1/synsets/lowest-common-hypernym",
                Map.of("synsets", List.of("n02123045", "n02099601"), "labels", List.of("n02123045", "n02099601")),
                LchView.class);

        assertThat(answer.nClasses()).isEqualTo(2);
        assertThat(answer.height()).isEqualTo(5);
    }

    @Test
    void answersSimilarities() {
        var answer = get("/api/v1/synsets/similarity?a=n02099601&b=n02106662", SimilarityView.class);

        assertThat(answer.wuPalmer()).isEqualTo(.8);
        assertThat(answer.resnik()).isBetween(2.1370, 2.1372);
        assertThat(answer.lin()).isBetween(.3093, .3095);
    }

    @Test
    void resolvesLabelsAndAnswersProblemsWithCandidates() {
        var answer = post(
                "/api/v1/labels/resolve",
                Map.of("labels", List.of("banana", "crane", "n02084071", "qwertz"), "mapping", Map.of()),
                LabelResolution.class);

        assertThat(answer.resolved()).containsOnlyKeys("n02084071");
        assertThat(answer.problems()).hasSize(3);
        assertThat(answer.problems().get(1).candidates())
                .extracting(SynsetView::wnid)
                .contains("n02012849", "n03126707");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/synsets/n00000001, 404, SYNSET_NOT_FOUND",
        "/api/v1/synsets/dog, 404, SYNSET_NOT_FOUND",
        "/api/v1/synsets/n02084071/descendants?limit=0, 422, VALIDATION_FAILED",
        "/api/v1/synsets/n02084071/descendants?limit=10001, 422, VALIDATION_FAILED",
        "/api/v1/synsets/similarity?a=n02084071&b=cat, 404, SYNSET_NOT_FOUND"
    })
    void explainsWhatItCannotAnswer(String path, int status, String code) {
        assertThat(problem(http.get().uri(path), status)).containsEntry("code", code);
    }

    @Test
    void refusesAHypernymOfSynsetsOutsideTheTaxonomy() {
        var request = http.post()
                .uri("/api/v1/synsets/lowest-common-hypernym")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("synsets", List.of("n05833840", "")));

        assertThat(problem(request, 422)).containsEntry("code", "SYNSET_OUTSIDE_TAXONOMY");
    }

    private static Map<String, Object> problem(RestTestClient.RequestHeadersSpec<?> request, int status) {
        return Objects.requireNonNull(request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
                .returnResult()
                .getResponseBody());
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> items(String path) {
        return (List<Map<String, Object>>)
                Objects.requireNonNull(problem(http.get().uri(path), 200).get("items"));
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

    private <T> T post(String path, Object body, Class<T> type) {
        return Objects.requireNonNull(http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }
}

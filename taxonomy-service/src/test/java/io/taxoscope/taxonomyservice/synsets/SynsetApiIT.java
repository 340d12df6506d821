package io.taxoscope.taxonomyservice.synsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.taxonomy.LabelApi.LabelResolution;
import io.taxoscope.api.taxonomy.SimilarityView;
import io.taxoscope.api.taxonomy.SynsetApi.LchView;
import io.taxoscope.api.taxonomy.SynsetView;
import io.taxoscope.api.taxonomy.TaxonomyTree;
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

    @Test
    void takesAMappingFileForLabels() {
        var answer = post(
                "/api/v1/labels/resolve",
                Map.of(
                        "labels", List.of("crane", "maillot"),
                        "mapping", Map.of("maillot", "n03710721"),
                        "mappingFile", Map.of("text", "crane\tn02012849\nmaillot\tn03710637\n")),
                LabelResolution.class);

        assertThat(answer.resolved()).containsOnly(Map.entry("crane", "n02012849"), Map.entry("maillot", "n03710721"));
        var broken = Map.of("labels", List.of("crane"), "mappingFile", Map.of("text", "crane n02012849"));
        assertThat(posted("/api/v1/labels/resolve", broken, 422))
                .containsEntry("detail", "the mapping file is not usable: line 1 is not label<TAB>id");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/synsets/n00000001, 404, SYNSET_NOT_FOUND",
        "/api/v1/synsets/dog, 404, SYNSET_NOT_FOUND",
        "/api/v1/synsets/n02084071/descendants?limit=0, 422, VALIDATION_FAILED",
        "/api/v1/synsets/n02084071/descendants?limit=10001, 422, VALIDATION_FAILED",
        "/api/v1/synsets/n02084071/children?limit=10001, 422, VALIDATION_FAILED",
        "/api/v1/synsets/n02084071?taxonomy=none, 404, TAXONOMY_NOT_FOUND",
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
                .body(Map.of("synsets", List.of("n05833840"), "labels", List.of("n02099601")));

        assertThat(problem(request, 422)).containsEntry("code", "SYNSET_OUTSIDE_TAXONOMY");
    }

    @Test
    void answersForNounsThatImageNetDoesNotHave() {
        // idea and mathematician: neither is a class nor lies above one
        var answer = post(
                "/api/v1/synsets/lowest-common-hypernym",
                Map.of("synsets", List.of("n05833840", "n10301261", "n02099601")),
                LchView.class);

        assertThat(answer.lch().name()).isEqualTo("entity");
        assertThat(answer.nClasses()).isEqualTo(1002);
    }

    @Test
    void answersManyPairsAtOnceInTheirOrder() {
        var pairs = List.of(List.of("n02099601", "n02106662"), List.of("n02123045", "n02123045"));
        var items = list(posted("/api/v1/synsets/similarities", Map.of("pairs", pairs), 200), "items");

        assertThat(items.getFirst()).containsEntry("a", "n02099601").containsEntry("wuPalmer", .8);
        // 4 steps up to dog and 3 down; the deepest noun has depth 19
        assertThat((Double) items.getFirst().get("leacockChodorow")).isCloseTo(-Math.log(8 / 38.0), within(1e-12));
        assertThat(items.getLast()).containsEntry("path", 1.0).doesNotContainKey("jiangConrath");
    }

    @Test
    void answersAMatrixWithNoValueWhereThereIsNone() {
        var matrix = posted(
                "/api/v1/synsets/similarity-matrix",
                Map.of("synsets", List.of("n02099601", "n02106662", "n05833840"), "measure", "LIN"),
                200);

        var values = (List<?>) matrix.get("values");
        assertThat(values).hasSize(3).first().satisfies(row -> assertThat((List<?>) row)
                .satisfiesExactly(
                        own -> assertThat(own).isEqualTo(1.0),
                        dog -> assertThat((Double) dog).isBetween(.3093, .3095),
                        idea -> assertThat(idea).isNull()));
    }

    @Test
    void takesInformationContentFromCountsAndCorpusFiles() {
        // Of four images two are of each dog, so dog has the same content as entity: none.
        var counts = Map.of("kind", "COUNTS", "counts", Map.of("n02099601", 2, "n02106662", 2));
        assertThat(similarities(counts)).containsEntry("resnik", 0.0).containsEntry("lin", 0.0);
        var file = Map.of("kind", "FILE", "text", "wnver::x\n1740n 8 ROOT\n2084071n 4\n2099601n 2\n2106662n 1\n");
        assertThat(similarities(file).get("resnik")).isEqualTo(Math.log(2));
        assertThat((Double) similarities(file).get("jiangConrath"))
                .isCloseTo(1 / (Math.log(4) + Math.log(8) - 2 * Math.log(2)), within(1e-12));
    }

    private Map<String, Object> similarities(Map<String, ?> informationContent) {
        var pairs = List.of(List.of("n02099601", "n02106662"));
        var body = Map.of("pairs", pairs, "informationContent", informationContent);
        return list(posted("/api/v1/synsets/similarities", body, 200), "items").getFirst();
    }

    @Test
    void refusesInformationContentThatDoesNotFit() {
        var pairs = List.of(List.of("n02099601", "n02106662"));
        for (var source : List.of(
                Map.of("kind", "UNIFORM", "counts", Map.of("n02099601", 2)),
                Map.of("kind", "COUNTS"),
                Map.of("kind", "COUNTS", "counts", Map.of("n02099601", 0)),
                Map.of("kind", "FILE", "text", "wnver::x\n1740n 8 ROOT\n1741n 1\n"),
                Map.of("kind", "FILE"))) {
            var body = Map.of("pairs", pairs, "informationContent", source);
            assertThat(posted("/api/v1/synsets/similarities", body, 422)).containsKey("errors");
        }
    }

    @Test
    void answersTheTreeAboveImageNetWithTheNumbersOfTheReference() {
        var tree = post("/api/v1/synsets/tree", Map.of(), TaxonomyTree.class);

        assertThat(tree)
                .returns("n00001740", TaxonomyTree::root)
                .returns(1860, TaxonomyTree::nNodes)
                .returns(1937, TaxonomyTree::nEdges)
                .returns(1000, TaxonomyTree::nClasses)
                .returns(1396, TaxonomyTree::nReachable)
                .returns(0, TaxonomyTree::nLeftOut);
        assertThat(tree.nodes()).hasSize(1860);
    }

    @Test
    void cutsTheTreeOfANodeAtTheLimit() {
        var labels = List.of("n02099601", "n02099712", "n02106662", "n02084071", "n07753592");
        var tree = post(
                "/api/v1/synsets/tree", Map.of("labels", labels, "root", "n02084071", "limit", 3), TaxonomyTree.class);

        // dog; hunting and working dog; sporting and shepherd dog; retriever and German shepherd; two retrievers
        assertThat(tree).returns(9, TaxonomyTree::nNodes).returns(8, TaxonomyTree::nEdges);
        assertThat(tree).returns(4, TaxonomyTree::nClasses).returns(6, TaxonomyTree::nLeftOut);
        assertThat(tree.nodes())
                .extracting(TaxonomyTree.Node::name)
                .containsExactly("dog", "hunting_dog", "working_dog");
        assertThat(tree.nodes().getFirst())
                .returns(4, TaxonomyTree.Node::height)
                .returns(true, TaxonomyTree.Node::isClass)
                .returns(true, TaxonomyTree.Node::isReachable)
                .returns(List.of(), TaxonomyTree.Node::parents);
        assertThat(tree.nodes().get(1)).returns(List.of("n02084071"), TaxonomyTree.Node::parents);
    }

    @Test
    void answersTheSameQuestionsAboutAnUploadedTaxonomy() {
        var edges = "a pup\thound\nhound\tcanine\ncanine\tanimal\nfeline\tanimal\n";
        var id = String.valueOf(posted(
                        "/api/v1/taxonomies",
                        Map.of("name", "zoo", "format", "EDGES", "source", Map.of("text", edges)),
                        201)
                .get("id"));
        var in = "taxonomy=" + id;

        assertThat(get("/api/v1/synsets/a pup?" + in, SynsetView.class).parents())
                .containsExactly("hound");
        assertThat(items("/api/v1/synsets?lemma=A-pup&" + in)).hasSize(1);
        assertThat(items("/api/v1/synsets/animal/children?limit=1&" + in)).hasSize(1);
        assertThat(items("/api/v1/synsets/a pup/ancestors?" + in)).hasSize(3);
        var tree = post("/api/v1/synsets/tree", Map.of("taxonomy", id), TaxonomyTree.class);
        assertThat(tree).returns(5, TaxonomyTree::nNodes).returns(2, TaxonomyTree::nClasses);
        var similarity = get("/api/v1/synsets/similarity?a=a pup&b=feline&" + in, SimilarityView.class);
        assertThat(similarity.path()).isEqualTo(.2);
        assertThat(similarity.resnik()).isZero();
        assertThat(problem(http.get().uri("/api/v1/synsets/n02084071?" + in), 404))
                .containsEntry("detail", "\"n02084071\" is no node of zoo");
        assertThat(posted(
                        "/api/v1/synsets/similarities",
                        Map.of(
                                "pairs", List.of(List.of("feline", "hound")),
                                "taxonomy", id,
                                "informationContent", Map.of("kind", "FILE", "text", "wnver::x")),
                        422))
                .containsEntry("code", "INFORMATION_CONTENT_UNUSABLE");
    }

    private Map<String, Object> posted(String path, Object body, int status) {
        return problem(
                http.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body), status);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> body, String field) {
        return (List<Map<String, Object>>) Objects.requireNonNull(body.get(field));
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

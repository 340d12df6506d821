package io.taxoscope.taxonomyservice.taxonomies;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.taxonomy.CreateTaxonomy;
import io.taxoscope.api.taxonomy.CreateTaxonomy.Format;
import io.taxoscope.api.taxonomy.CreateTaxonomy.Text;
import io.taxoscope.api.taxonomy.LabelApi.LabelResolution;
import io.taxoscope.api.taxonomy.TaxonomyView;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

@WithTaxonomyService
class TaxonomyApiIT {
    private static final String TAXONOMIES = "/api/v1/taxonomies";
    private static final String VEHICLES = "car\tvehicle\nbike\tvehicle\nvehicle\tthing\napple\tfruit\n";

    @Autowired
    private RestTestClient http;

    @Autowired
    private ContentStore store;

    @Test
    void keepsATaxonomyUnderTheHashOfItsContent() {
        var first = create(edges("mixed things", VEHICLES), 201);
        var shuffled = create(edges("mixed things", "apple\tfruit\nvehicle\tthing\nbike\tvehicle\ncar\tvehicle"), 200);
        var renamed = create(edges("other things", VEHICLES), 201);

        assertThat(shuffled).isEqualTo(first);
        assertThat(renamed.id()).isNotEqualTo(first.id());
        assertThat(first.nNodes()).isEqualTo(6);
        assertThat(first.nEdges()).isEqualTo(4);
        assertThat(first.nRoots()).isEqualTo(2);
        assertThat(first.maxDepth()).isEqualTo(3);
        assertThat(store.read(new Sha256(first.id())))
                .asString(StandardCharsets.UTF_8)
                .startsWith("# mixed things\nid\tparents\tnames\tgloss\napple\tfruit\tapple\t\n");
        assertThat(get(TAXONOMIES + "/" + first.id(), TaxonomyView.class)).isEqualTo(first);
    }

    @Test
    void readsAnUploadWithItsLabels() {
        var source = store.put("1\t2\n".getBytes(StandardCharsets.UTF_8)).hex();
        var labels = store.put("1\tbicycle|bike\n2\tvehicle\n".getBytes(StandardCharsets.UTF_8))
                .hex();
        var taxonomy = create(
                new CreateTaxonomy("numbered", Format.EDGES, new Text(source, null), new Text(labels, null)), 201);

        var resolved = post(
                "/api/v1/labels/resolve",
                Map.of("labels", List.of("Bike", "2", "rocket"), "taxonomy", taxonomy.id()),
                200,
                LabelResolution.class);
        assertThat(resolved.resolved()).containsOnly(Map.entry("Bike", "1"), Map.entry("2", "2"));
        assertThat(resolved.problems()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .isEqualTo("is no name in numbered; map it to a node id"));
    }

    @Test
    void listsWordNetFirst() {
        var items = (List<?>) body(http.get().uri(TAXONOMIES), 200).get("items");

        assertThat(items).first().satisfies(each -> assertThat((Map<?, ?>) each)
                .returns("wordnet-3.0", view -> view.get("id"))
                .returns(82_115, view -> view.get("nNodes"))
                .returns(84_427, view -> view.get("nEdges"))
                .returns(19, view -> view.get("maxDepth")));
    }

    @Test
    void deletesWhatNoScoringNeedsButNeverWordNet() {
        var id = create(edges("short-lived", "a\tb"), 201).id();

        http.delete().uri(TAXONOMIES + "/" + id).exchange().expectStatus().isNoContent();
        assertThat(body(http.get().uri(TAXONOMIES + "/" + id), 404)).containsEntry("code", "TAXONOMY_NOT_FOUND");
        assertThat(body(http.delete().uri(TAXONOMIES + "/" + id), 404)).containsEntry("code", "TAXONOMY_NOT_FOUND");
        assertThat(body(http.delete().uri(TAXONOMIES + "/wordnet-3.0"), 409))
                .containsEntry("code", "TAXONOMY_BUILT_IN");
        assertThat(refused("/api/v1/labels/resolve", Map.of("labels", List.of("a"), "taxonomy", id), 404))
                .containsEntry("code", "TAXONOMY_NOT_FOUND");
    }

    @Test
    void refusesACycleByLine() {
        var problem = refused(TAXONOMIES, edges("loop", "a\tb\nb\tc\nc\ta\n"), 422);

        assertThat(problem).containsEntry("code", "TAXONOMY_INVALID");
        assertThat(problem.get("errors"))
                .isEqualTo(List.of(Map.of(
                        "field", "source[3]",
                        "message", "line 3 closes a cycle, each node below the next: a < b < c < a")));
    }

    @Test
    void refusesATextThatIsMissingOrNoText() {
        var binary = store.put(new byte[] {(byte) 0xff, 0, 1}).hex();

        assertThat(refusal(new Text(null, null))).isEqualTo("source: needs either an upload or a text");
        assertThat(refusal(new Text(binary, "a\tb"))).isEqualTo("source: needs either an upload or a text");
        assertThat(refusal(new Text(binary, null))).isEqualTo("source.upload: is no UTF-8 text");
        assertThat(refusal(new Text("xyz", null))).startsWith("source.upload: is no SHA-256");
        assertThat(refusal(new Text("0".repeat(64), null))).startsWith("source.upload: the store has no upload");
    }

    private String refusal(Text source) {
        var problem = refused(TAXONOMIES, new CreateTaxonomy("x", Format.EDGES, source, null), 422);
        assertThat(problem).containsEntry("code", "SOURCE_UNUSABLE");
        return String.valueOf(problem.get("detail"));
    }

    private static CreateTaxonomy edges(String name, String text) {
        return new CreateTaxonomy(name, Format.EDGES, new Text(null, text), null);
    }

    private TaxonomyView create(CreateTaxonomy request, int status) {
        return post(TAXONOMIES, request, status, TaxonomyView.class);
    }

    private Map<String, Object> refused(String path, Object request, int status) {
        return body(
                http.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(request), status);
    }

    private static Map<String, Object> body(RestTestClient.RequestHeadersSpec<?> request, int status) {
        return Objects.requireNonNull(request.exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(new ParameterizedTypeReference<Map<String, Object>>() {})
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

    private <T> T post(String path, Object body, int status, Class<T> type) {
        return Objects.requireNonNull(http.post()
                .uri(path)
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody(type)
                .returnResult()
                .getResponseBody());
    }
}

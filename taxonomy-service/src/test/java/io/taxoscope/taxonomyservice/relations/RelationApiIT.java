package io.taxoscope.taxonomyservice.relations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.RelatedLatent;
import io.taxoscope.api.taxonomy.RelatedPair;
import io.taxoscope.api.taxonomy.RelatedSynset;
import io.taxoscope.api.taxonomy.RelationConfig;
import io.taxoscope.api.taxonomy.RelationReport;
import io.taxoscope.api.taxonomy.RelationView;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import io.taxoscope.taxonomyservice.dictionaries.Requests;
import io.taxoscope.taxonomyservice.dictionaries.TestDictionary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

@WithTaxonomyService
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationApiIT {
    private static final String RELATIONS = "/api/v1/relations";
    private static final String DOG = "n02084071";
    private static final RelationConfig CONFIG = new RelationConfig(.1, 3, 5, 5, 400, 10, 1000, 5, 50, 3);

    @Autowired
    private RestTestClient http;

    @Autowired
    private ContentStore store;

    @Autowired
    private JdbcClient jdbc;

    private Requests requests = new Requests(RestTestClient.bindToServer().build());
    private String scoring = "";
    private String relation = "";

    @BeforeAll
    void relateOnce() {
        requests = new Requests(http);
        scoring = requests.scored(TestDictionary.in(store, "planted", 0));
        relation = related();
    }

    @Test
    void relatesTheLatentsOfAScoring() {
        var report = report(relation);
        var pairs = pairs(relation, "").items();

        assertThat(pairs).singleElement().satisfies(pair -> {
            assertThat(pair.parent()).isZero();
            assertThat(pair.child()).isEqualTo(1);
            assertThat(pair.parentSynset().name()).isEqualTo("dog");
            assertThat(pair.isDirect()).isTrue();
            assertThat(pair.parentGivenChild()).isEqualTo(1);
            assertThat(pair.cosine()).isCloseTo(Math.sqrt(.5), within(1e-6));
            assertThat(pair.whitenedCosine()).isNotNull();
        });
        assertThat(report.nAssigned()).isEqualTo(4);
        assertThat(report.implication().nDirect()).isEqualTo(1);
        assertThat(report.implication().parentGivenChild().mean()).isEqualTo(1);
        assertThat(report.hierarchical().precision()).isEqualTo(1);
        assertThat(Objects.requireNonNull(report.absorption()).probeF1()).isEqualTo(1);
        assertThat(report.matching().score().mean())
                .isGreaterThan(Objects.requireNonNull(report.matching().score().control()));
        var mono = Objects.requireNonNull(report.monoSemanticity());
        assertThat(mono.encoder().tap()).isEqualTo("blocks.1.resid_post");
        assertThat(mono.max()).isEqualTo(1);
        assertThat(report.geometry()).isNotNull();
        assertThat(report.notes()).singleElement().asString().contains("layer's own activations");
    }

    @Test
    void answersSynsetsAndLatents() {
        var id = relation;
        var dog = synsets(id, "?synset=" + DOG).items().getFirst();
        var latents = latents(id, "").items();

        assertThat(dog.synset().name()).isEqualTo("dog");
        assertThat(Objects.requireNonNull(dog.match()).latents()).containsExactly(0);
        assertThat(dog.match().score()).isEqualTo(1);
        assertThat(Objects.requireNonNull(dog.holes()).gap()).isZero();
        assertThat(Objects.requireNonNull(dog.absorption()).mainLatents()).containsExactly(0);
        assertThat(dog.absorption().full()).isZero();
        assertThat(latents).extracting(RelatedLatent::latent).containsExactly(0, 1, 2, 3, 4);
        assertThat(latents.getFirst().children()).containsExactly(1);
        assertThat(latents.getLast().synset()).isNull();
        assertThat(latents(id, "?synset=" + DOG).items())
                .extracting(RelatedLatent::latent)
                .containsExactly(0);
        assertThat(latents(id, "?latent=3").items()).hasSize(1);
        assertThat(pairs(id, "?latent=1").items()).hasSize(1);
        assertThat(pairs(id, "?synset=" + DOG + "&isDirect=true").items()).hasSize(1);
        assertThat(pairs(id, "?isDirect=false").items()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RelatedSynset.Sort.class)
    void pagesThroughEverySynsetOnceInAnyOrder(RelatedSynset.Sort sort) {
        var id = relation;
        var whole = synsets(id, "?sort=" + sort).items();
        var pieces = new ArrayList<RelatedSynset>();
        String cursor = null;
        do {
            var page = synsets(id, "?limit=2&sort=" + sort + (cursor == null ? "" : "&cursor=" + cursor));
            pieces.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(pieces).isEqualTo(whole).hasSizeGreaterThan(4);
    }

    @Test
    void saysWhatIsLeftOut() {
        var bare = requests.scored(TestDictionary.alone(store, "planted"));
        var report = report(requests.finished(RELATIONS, new CreateRelation(bare, null, CONFIG)));

        assertThat(report.absorption()).isNull();
        assertThat(report.monoSemanticity()).isNull();
        assertThat(report.geometry()).isNull();
        assertThat(report.implication().parentGivenChild().mean()).isEqualTo(1);
        assertThat(String.join("; ", report.notes()))
                .contains("no longer has the activations", "no SAE weights", "no MonoSemanticity");
    }

    @Test
    void judgesLikenessByOtherEmbeddings() {
        var embeddings = TestDictionary.in(store, "planted", 2).shardSet();
        var report = report(requests.finished(RELATIONS, new CreateRelation(scoring, embeddings, CONFIG)));

        assertThat(Objects.requireNonNull(report.monoSemanticity()).encoder().shardSet())
                .isEqualTo(embeddings);
        assertThat(report.notes()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeRelated() {
        var others = TestDictionary.in(store, "other", 0).shardSet();

        assertThat(refused(new CreateRelation("nothing", null, CONFIG), 404)).isEqualTo("SCORING_NOT_FOUND");
        assertThat(refused(new CreateRelation(scoring, "xyz", CONFIG), 422)).isEqualTo("REFERENCE_UNUSABLE");
        assertThat(refused(new CreateRelation(scoring, others, CONFIG), 422)).isEqualTo("REFERENCE_UNUSABLE");
        assertThat(refused(new CreateRelation(scoring, "0".repeat(64), CONFIG), 422))
                .isEqualTo("REFERENCE_UNUSABLE");
    }

    @ParameterizedTest
    @CsvSource({
        "/pairs?limit=0, 422, VALIDATION_FAILED",
        "/pairs?cursor=abc, 422, CURSOR_INVALID",
        "/synsets?sort=BEST, 400, UNREADABLE_VALUE",
        "/latents?cursor=TEFURU5U, 422, CURSOR_INVALID"
    })
    void explainsQuestionsThatItCannotAnswer(String query, int status, String code) {
        assertThat(requests.get(RELATIONS + "/" + relation + query, status)).containsEntry("code", code);
    }

    @Test
    void deletesAnAnalysisWithAllItsRows() {
        var id = related();
        http.delete().uri(RELATIONS + "/" + id).exchange().expectStatus().isNoContent();

        assertThat(requests.get(RELATIONS + "/" + id, 404)).containsEntry("code", "RELATION_NOT_FOUND");
        for (String table : List.of("relation_pair", "relation_synset", "relation_latent")) {
            assertThat(jdbc.sql("select count(*) from " + table + " where relation_id = ?")
                            .param(id)
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    @Test
    void theSameRequestGivesTheSameNumbers() {
        var one = relation;
        var two = related();

        assertThat(report(two)).isEqualTo(report(one));
        assertThat(synsets(two, "").items()).isEqualTo(synsets(one, "").items());
        assertThat(latents(two, "").items()).isEqualTo(latents(one, "").items());
    }

    private String related() {
        return requests.finished(RELATIONS, new CreateRelation(scoring, null, CONFIG));
    }

    private RelationReport report(String id) {
        return Objects.requireNonNull(
                requests.get(RELATIONS + "/" + id, RelationView.class).report());
    }

    private String refused(CreateRelation request, int status) {
        return String.valueOf(requests.post(RELATIONS, request, status).get("code"));
    }

    private Page<RelatedPair> pairs(String id, String query) {
        return requests.get(RELATIONS + "/" + id + "/pairs" + query, new ParameterizedTypeReference<>() {});
    }

    private Page<RelatedSynset> synsets(String id, String query) {
        return requests.get(RELATIONS + "/" + id + "/synsets" + query, new ParameterizedTypeReference<>() {});
    }

    private Page<RelatedLatent> latents(String id, String query) {
        return requests.get(RELATIONS + "/" + id + "/latents" + query, new ParameterizedTypeReference<>() {});
    }
}

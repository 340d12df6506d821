package io.taxoscope.taxonomyservice.comparisons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.ComparisonConfig;
import io.taxoscope.api.taxonomy.ComparisonReport;
import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.CreateComparison.Kind;
import io.taxoscope.api.taxonomy.MatchedLatents;
import io.taxoscope.api.taxonomy.MatchedLatents.Relation;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import io.taxoscope.taxonomyservice.dictionaries.Requests;
import io.taxoscope.taxonomyservice.dictionaries.TestDictionary;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.servlet.client.RestTestClient;

/** An SAE and the same one with its latents turned round by two. */
@WithTaxonomyService
class ComparisonApiIT {
    private static final String COMPARISONS = "/api/v1/comparisons";
    private static final ComparisonConfig CONFIG = new ComparisonConfig(.1, 5, 5, 50, 3);

    @Autowired
    private RestTestClient http;

    @Autowired
    private ContentStore store;

    private Requests requests = new Requests(RestTestClient.bindToServer().build());
    private String first = "";
    private String second = "";

    @BeforeEach
    void score() {
        requests = new Requests(http);
        first = requests.scored(TestDictionary.in(store, "planted", 0));
        second = requests.scored(TestDictionary.in(store, "planted", 2));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void findsEveryLatentAgainWithItsSynset(Kind kind) {
        var id = requests.finished(COMPARISONS, new CreateComparison(kind, first, second, CONFIG));
        var report = report(id);
        var matches = matches(id, "?sort=FIRST").items();

        assertThat(matches).extracting(MatchedLatents::first).containsExactly(0, 1, 2, 3);
        assertThat(matches).extracting(MatchedLatents::second).containsExactly(2, 3, 4, 5);
        assertThat(matches).allMatch(match -> match.relation() == Relation.SAME);
        assertThat(matches.getFirst().firstSynset())
                .isEqualTo(matches.getFirst().secondSynset());
        assertThat(report.nMatched()).isEqualTo(4);
        assertThat(report.similarity().mean()).isCloseTo(1, within(1e-6));
        assertThat(report.sameSynset().mean()).isEqualTo(1);
        assertThat(report.sameSynset().control()).isEqualTo(.25);
        assertThat(report.lin().mean()).isCloseTo(1, within(1e-12));
        assertThat(report.reciprocal() == null).isEqualTo(kind == Kind.SEEDS);
    }

    @Test
    void filtersAndPagesMatches() {
        var id = requests.finished(COMPARISONS, new CreateComparison(Kind.LAYERS, first, second, CONFIG));

        assertThat(matches(id, "?first=1").items())
                .extracting(MatchedLatents::second)
                .containsExactly(3);
        assertThat(matches(id, "?second=5").items())
                .extracting(MatchedLatents::first)
                .containsExactly(3);
        assertThat(matches(id, "?relation=APART").items()).isEmpty();
        assertThat(matches(id, "?synset=n02084071").items()).hasSize(1);
        assertThat(matches(id, "?minSimilarity=1.1").items()).isEmpty();
        var page = matches(id, "?limit=3&sort=SECOND");
        assertThat(page.items()).hasSize(3);
        assertThat(matches(id, "?limit=3&sort=SECOND&cursor=" + page.nextCursor())
                        .items())
                .extracting(MatchedLatents::second)
                .containsExactly(5);
    }

    @Test
    void refusesSidesThatCannotBeCompared() {
        var others = requests.scored(TestDictionary.in(store, "other", 0));
        var bare = requests.scored(TestDictionary.alone(store, "planted"));

        assertThat(refused(Kind.LAYERS, others, 422)).isEqualTo("SIDES_DIFFER");
        assertThat(refused(Kind.SEEDS, bare, 422)).isEqualTo("SIDES_DIFFER");
        assertThat(refused(Kind.LAYERS, "nothing", 404)).isEqualTo("SCORING_NOT_FOUND");
        var alone = new CreateComparison(Kind.SEEDS, bare, bare, CONFIG);
        assertThat(requests.post(COMPARISONS, alone, 422)).containsEntry("code", "WEIGHTS_MISSING");
        assertThat(requests.get(COMPARISONS + "/nothing", 404)).containsEntry("code", "COMPARISON_NOT_FOUND");
    }

    private String refused(Kind kind, String other, int status) {
        var request = new CreateComparison(kind, first, other, CONFIG);
        return String.valueOf(requests.post(COMPARISONS, request, status).get("code"));
    }

    private ComparisonReport report(String id) {
        return Objects.requireNonNull(
                requests.get(COMPARISONS + "/" + id, ComparisonView.class).report());
    }

    private Page<MatchedLatents> matches(String id, String query) {
        return requests.get(COMPARISONS + "/" + id + "/matches" + query, new ParameterizedTypeReference<>() {});
    }
}

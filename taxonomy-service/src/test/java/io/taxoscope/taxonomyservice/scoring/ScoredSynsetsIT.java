package io.taxoscope.taxonomyservice.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.MarkedSynset;
import io.taxoscope.api.taxonomy.MarkedSynset.Child;
import io.taxoscope.api.taxonomy.MarkedSynset.Mark;
import io.taxoscope.api.taxonomy.ScoredSynset;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomyservice.WithTaxonomyService;
import io.taxoscope.taxonomyservice.dictionaries.Requests;
import io.taxoscope.taxonomyservice.dictionaries.TestDictionary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Of the planted latents one marks both dogs, one each the shepherds, the tabbies and the bananas. */
@WithTaxonomyService
class ScoredSynsetsIT {
    private static final String DOG = "n02084071";
    private static final String CARNIVORE = "n02075296";

    @Autowired
    private RestTestClient http;

    @Autowired
    private ContentStore store;

    private String synsets = "";
    private List<FeatureView> latents = List.of();

    @BeforeEach
    void score() {
        var requests = new Requests(http);
        var scoring = "/api/v1/scorings/" + requests.scored(TestDictionary.in(store, "synsets", 0));
        synsets = scoring + "/synsets";
        latents = requests.get(scoring + "/features", new ParameterizedTypeReference<Page<FeatureView>>() {})
                .items();
    }

    @Test
    void countsWhatTheLatentsSayOneByOne() {
        var found = page("").items();

        assertThat(found).extracting(ScoredSynset::wnid).contains(DOG).doesNotHaveDuplicates();
        assertThat(found).allSatisfy(synset -> {
            var reaching = latents.stream()
                    .filter(latent ->
                            latent.lch() != null && latent.lch().wnid().equals(synset.wnid()))
                    .toList();
            var marking = marking(synset.wnid());
            assertThat(synset.nReaching()).isEqualTo(reaching.size());
            assertThat(synset.nMarking()).isEqualTo(marking.size());
            assertThat(synset.bestLatent()).isEqualTo(marking.isEmpty() ? null : marking.getFirst());
        });
        assertThat(found.stream().mapToInt(ScoredSynset::nMarking).sum()).isEqualTo(4);
        assertThat(found)
                .filteredOn(synset -> synset.wnid().equals(DOG))
                .singleElement()
                .satisfies(dog -> {
                    assertThat(dog.name()).isEqualTo("dog");
                    assertThat(dog.bestLatent()).isZero();
                    assertThat(dog.bestF1()).isEqualTo(1);
                });
    }

    private List<Integer> marking(String wnid) {
        return latents.stream()
                .filter(latent -> latent.best() != null && latent.best().wnid().equals(wnid))
                .map(FeatureView::latent)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(ScoredSynset.Sort.class)
    void pagesThroughEverySynsetOnceInAnyOrder(ScoredSynset.Sort sort) {
        var whole = page("sort=" + sort).items();
        var pieces = new ArrayList<ScoredSynset>();
        String cursor = null;
        do {
            var page = page("limit=1&sort=" + sort + (cursor == null ? "" : "&cursor=" + cursor));
            pieces.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(pieces).isEqualTo(whole).hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource({
        "sort=WNID&synset=n02084071, n02084071 n02106662",
        "sort=WNID&synset=n02075296, n02084071 n02106662 n02123045",
        "sort=WNID&synset=n07753592, n07753592",
        "minF1=1.01, ''"
    })
    void filters(String query, String wnids) {
        var found = page(query).items().stream().map(ScoredSynset::wnid).toList();

        assertThat(String.join(" ", found)).isEqualTo(wnids);
    }

    @Test
    void answersTheLatentsOfASynsetAndOfEachChild() {
        var dog = find(DOG, 20);
        assertThat(dog.nMarking()).isOne();
        assertThat(dog.marking()).extracting(Mark::latent).containsExactly(0);

        var carnivore = find(CARNIVORE, 1);
        assertThat(carnivore.name()).isEqualTo("carnivore");
        assertThat(carnivore.nMarking()).isZero();
        assertThat(carnivore.children()).extracting(Child::name).containsExactlyInAnyOrder("canine", "feline");
        assertThat(carnivore.children())
                .filteredOn(child -> child.name().equals("canine"))
                .singleElement()
                .satisfies(canine -> {
                    assertThat(canine.nMarking()).isEqualTo(2);
                    assertThat(canine.marking()).hasSize(1).allMatch(mark -> mark.f1() == 1);
                });
        assertThat(Stream.of(find("n00001740", 20)).flatMap(entity -> entity.children().stream()))
                .anySatisfy(child -> assertThat(child.nMarking()).isEqualTo(4));
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=0, 422, VALIDATION_FAILED",
        "?sort=BEST, 400, UNREADABLE_VALUE",
        "?cursor=abc, 422, CURSOR_INVALID",
        "?synset=dog, 422, SYNSET_OUTSIDE_TAXONOMY",
        "/n03790512, 422, SYNSET_OUTSIDE_TAXONOMY",
        "/n02084071?limit=1001, 422, VALIDATION_FAILED"
    })
    void explainsQuestionsThatItCannotAnswer(String query, int status, String code) {
        assertThat(new Requests(http).get(synsets + query, status)).containsEntry("code", code);
    }

    private Page<ScoredSynset> page(String query) {
        return new Requests(http).get(synsets + "?" + query, new ParameterizedTypeReference<Page<ScoredSynset>>() {});
    }

    private MarkedSynset find(String wnid, int limit) {
        return Objects.requireNonNull(
                new Requests(http).get(synsets + "/" + wnid + "?limit=" + limit, MarkedSynset.class));
    }
}

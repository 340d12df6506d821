package io.taxoscope.api.taxonomy;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/**
 * The nodes of a taxonomy: WordNet 3.0 nouns (82,115 synsets under {@code entity}), or the nodes of the uploaded one that
 * {@code taxonomy} names; {@code wnid} is then a node's id. Where a question needs classes and names none, they are the 1,000
 * of ILSVRC-2012, or in an uploaded taxonomy the nodes without children.
 */
@HttpExchange("/api/v1/synsets")
public interface SynsetApi {
    /** Synsets of a lemma, in WordNet's order of senses; empty when it has none. */
    @GetExchange
    Page<SynsetView> search(@RequestParam String lemma, @RequestParam(required = false) @Nullable String taxonomy);

    /** One synset, with its lemmas, gloss and direct hypernyms. */
    @GetExchange("/{wnid}")
    SynsetView find(@PathVariable String wnid, @RequestParam(required = false) @Nullable String taxonomy);

    /** Direct hypernyms. */
    @GetExchange("/{wnid}/parents")
    Page<SynsetView> parents(@PathVariable String wnid, @RequestParam(required = false) @Nullable String taxonomy);

    /** Direct hyponyms; {@code limit} is 1 to 10000. */
    @GetExchange("/{wnid}/children")
    Page<SynsetView> children(
            @PathVariable String wnid,
            @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String taxonomy);

    /** All ancestors without the synset itself, nearest first. */
    @GetExchange("/{wnid}/ancestors")
    Page<SynsetView> ancestors(@PathVariable String wnid, @RequestParam(required = false) @Nullable String taxonomy);

    /** Descendants without the synset itself, nearest first; {@code limit} is 1 to 10000. */
    @GetExchange("/{wnid}/descendants")
    Page<SynsetView> descendants(
            @PathVariable String wnid,
            @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit,
            @RequestParam(required = false) @Nullable String taxonomy);

    /** The lowest common hypernyms of a set of synsets, in the closure of some classes. */
    @PostExchange("/lowest-common-hypernym")
    LchView lowestCommonHypernym(@Valid @RequestBody LchRequest request);

    /** The closure of some classes, or the part of it on or below one node, with what scores are made of. */
    @PostExchange("/tree")
    TaxonomyTree tree(@Valid @RequestBody TreeRequest request);

    /** Similarities of two synsets. Information content is that of uniform classes. */
    @GetExchange("/similarity")
    SimilarityView similarity(
            @RequestParam String a, @RequestParam String b, @RequestParam(required = false) @Nullable String taxonomy);

    /** All similarities of many pairs at once, in the order of the pairs. */
    @PostExchange("/similarities")
    Page<SimilarityView> similarities(@Valid @RequestBody SimilaritiesRequest request);

    /** One similarity of every two of some synsets. */
    @PostExchange("/similarity-matrix")
    SimilarityMatrix similarityMatrix(@Valid @RequestBody MatrixRequest request);

    /**
     * @param synsets wnids, at least one
     * @param labels wnids of the classes whose closure gives the heights; when absent or empty the default classes and those
     *     of {@code synsets} that neither are nor lie above one
     * @param taxonomy WordNet when absent
     */
    record LchRequest(
            @NotEmpty List<@NotNull String> synsets,
            @Nullable List<@NotNull String> labels,
            @Nullable String taxonomy) {}

    /**
     * @param labels wnids of the classes, such as the synsets of a dataset's labels; the default classes when absent or empty
     * @param root only what lies on or below this node
     * @param limit the most nodes to answer with, nearest to the root first; 2000 when absent
     * @param taxonomy WordNet when absent
     */
    record TreeRequest(
            @Nullable List<@NotNull String> labels,
            @Nullable String root,
            @Nullable @Min(1) @Max(20_000) Integer limit,
            @Nullable String taxonomy) {}

    /**
     * @param pairs wnids, two and two
     * @param informationContent of uniform default classes when absent
     * @param taxonomy WordNet when absent
     */
    record SimilaritiesRequest(
            @NotEmpty @Size(max = 10_000) List<@NotNull @Size(min = 2, max = 2) List<@NotNull String>> pairs,
            @Valid @Nullable InformationContentSource informationContent,
            @Nullable String taxonomy) {}

    /**
     * @param synsets wnids of rows and columns
     * @param informationContent of uniform default classes when absent
     * @param taxonomy WordNet when absent
     */
    record MatrixRequest(
            @NotEmpty @Size(max = 1000) List<@NotNull String> synsets,
            @NotNull SimilarityMeasure measure,
            @Valid @Nullable InformationContentSource informationContent,
            @Nullable String taxonomy) {}

    /**
     * @param lch the one chosen by the tie-break: least height, fewest classes, greatest depth, lowest wnid
     * @param candidates all minimal common hypernyms
     * @param height longest way down from the chosen one to a class
     * @param nClasses classes below the chosen one
     */
    record LchView(SynsetView lch, List<SynsetView> candidates, int height, int nClasses) {}
}

package io.taxoscope.api.taxonomy;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** WordNet 3.0 nouns: 82,115 synsets, a directed acyclic graph under {@code entity}. */
@HttpExchange("/api/v1/synsets")
public interface SynsetApi {
    /** Synsets of a lemma, in WordNet's order of senses; empty when it has none. */
    @GetExchange
    Page<SynsetView> search(@RequestParam String lemma);

    /** One synset, with its lemmas, gloss and direct hypernyms. */
    @GetExchange("/{wnid}")
    SynsetView find(@PathVariable String wnid);

    /** Direct hypernyms. */
    @GetExchange("/{wnid}/parents")
    Page<SynsetView> parents(@PathVariable String wnid);

    /** Direct hyponyms. */
    @GetExchange("/{wnid}/children")
    Page<SynsetView> children(@PathVariable String wnid);

    /** All ancestors without the synset itself, nearest first. */
    @GetExchange("/{wnid}/ancestors")
    Page<SynsetView> ancestors(@PathVariable String wnid);

    /** Descendants without the synset itself, nearest first; {@code limit} is 1 to 10000. */
    @GetExchange("/{wnid}/descendants")
    Page<SynsetView> descendants(
            @PathVariable String wnid, @RequestParam(defaultValue = "1000") @Min(1) @Max(10_000) int limit);

    /** The lowest common hypernyms of a set of synsets, over the ILSVRC-2012 taxonomy or the one below {@code labels}. */
    @PostExchange("/lowest-common-hypernym")
    LchView lowestCommonHypernym(@Valid @RequestBody LchRequest request);

    /** Similarities of two synsets. Information content is that of the uniform ILSVRC-2012 classes. */
    @GetExchange("/similarity")
    SimilarityView similarity(@RequestParam String a, @RequestParam String b);

    /**
     * @param synsets wnids, at least one
     * @param labels wnids of the classes whose closure gives the heights; the 1,000 ILSVRC-2012 classes when absent or empty
     */
    record LchRequest(
            @NotEmpty List<@NotNull String> synsets,
            @Nullable List<@NotNull String> labels) {}

    /**
     * @param lch the one chosen by the tie-break: least height, fewest classes, greatest depth, lowest wnid
     * @param candidates all minimal common hypernyms
     * @param height longest way down from the chosen one to a class
     * @param nClasses classes below the chosen one
     */
    record LchView(SynsetView lch, List<SynsetView> candidates, int height, int nClasses) {}
}

package io.taxoscope.api.taxonomy;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Hierarchies that labels and latents can be scored against: WordNet 3.0 and those that were uploaded. */
@HttpExchange("/api/v1/taxonomies")
public interface TaxonomyApi {
    /** The id of the one that is built in and meant where no taxonomy is named. */
    String WORDNET = "wordnet-3.0";

    /**
     * Keeps a taxonomy for ever under the hash of its name and content: 201, or 200 when the same one is there already.
     * A cycle, an unknown parent, a repeated or broken line is refused with the lines that are at fault, all at once.
     */
    @PostExchange
    ResponseEntity<TaxonomyView> create(@Valid @RequestBody CreateTaxonomy request);

    /** WordNet first, then the uploaded ones, newest first. */
    @GetExchange
    Page<TaxonomyView> list();

    @GetExchange("/{id}")
    TaxonomyView find(@PathVariable String id);

    /** Refused while a scoring needs it. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);
}

package io.taxoscope.api.taxonomy;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** From a dataset's labels to synsets. */
@HttpExchange("/api/v1/labels")
public interface LabelApi {
    /**
     * Resolves labels: an entry of {@code mapping} wins, then an id (in WordNet a wnid), then a lemma with exactly one
     * meaning (case, spaces, hyphens and underscores do not matter). Never guesses: an ambiguous label is answered with
     * candidates.
     */
    @PostExchange("/resolve")
    LabelResolution resolve(@Valid @RequestBody ResolveLabels request);

    /**
     * @param mapping label to wnid or other id, for labels that are ambiguous or unknown
     * @param mappingFile the same as a file: {@code label<TAB>wnid}, one a line; an entry of {@code mapping} wins over it
     * @param taxonomy id of the taxonomy; WordNet 3.0 when absent
     */
    record ResolveLabels(
            @NotEmpty List<@NotBlank String> labels,
            @Nullable Map<String, String> mapping,
            CreateTaxonomy.@Valid @Nullable Text mappingFile,
            @Nullable String taxonomy) {
        /** In WordNet. */
        public ResolveLabels(List<String> labels, @Nullable Map<String, String> mapping) {
            this(labels, mapping, null, null);
        }
    }

    /**
     * @param resolved label to wnid, or to the id in another taxonomy
     * @param problems labels without an answer; a scoring cannot start while there are any
     */
    record LabelResolution(Map<String, String> resolved, List<LabelProblem> problems) {}

    /**
     * @param reason what is wrong and what to do
     * @param candidates synsets that the label may mean; empty when it is unknown
     */
    record LabelProblem(String label, String reason, List<SynsetView> candidates) {}
}

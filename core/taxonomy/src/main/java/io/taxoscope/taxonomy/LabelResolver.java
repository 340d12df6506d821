package io.taxoscope.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the labels of a dataset to nodes of a hierarchy. Never guesses: what is not certain is a problem with candidates. */
public final class LabelResolver {
    /** Endings of English plurals and what they stand for, as WordNet's own morphy(7WN) lists them for nouns. */
    private static final List<Map.Entry<String, String>> PLURALS = List.of(
            Map.entry("s", ""),
            Map.entry("ses", "s"),
            Map.entry("xes", "x"),
            Map.entry("zes", "z"),
            Map.entry("ches", "ch"),
            Map.entry("shes", "sh"),
            Map.entry("men", "man"),
            Map.entry("ies", "y"));

    private final Hierarchy hierarchy;

    public LabelResolver(Hierarchy hierarchy) {
        this.hierarchy = hierarchy;
    }

    /**
     * @param resolved label to synset
     * @param problems labels without an answer
     */
    public record Resolution(Map<String, SynsetId> resolved, List<Problem> problems) {}

    /** @param candidates what the label may mean; empty when it is unknown */
    public record Problem(String label, String reason, List<Synset> candidates) {}

    /**
     * An entry of {@code mapping} wins, then an id (a wnid in WordNet), then a lemma with exactly one meaning.
     *
     * @param mapping label to id
     */
    public Resolution resolve(Collection<String> labels, Map<String, String> mapping) {
        var resolved = new LinkedHashMap<String, SynsetId>();
        var problems = new ArrayList<Problem>();
        for (String label : labels) {
            var given = Optional.ofNullable(mapping.get(label));
            var id = SynsetId.of(given.orElse(label));
            if (hierarchy.dag().find(id).isPresent()) {
                resolved.put(label, id);
            } else if (given.isPresent()) {
                var reason = "is mapped to \"" + id + "\", which is no "
                        + hierarchy.vocabulary().node();
                problems.add(new Problem(label, reason, List.of()));
            } else {
                byLemma(label, resolved, problems);
            }
        }
        return new Resolution(resolved, problems);
    }

    private void byLemma(String label, Map<String, SynsetId> resolved, List<Problem> problems) {
        var senses = hierarchy.findByLemma(label);
        var words = hierarchy.vocabulary();
        if (senses.size() == 1) {
            resolved.put(label, senses.getFirst().id());
        } else if (senses.isEmpty()) {
            var singular = singulars(label);
            var hint = singular.isEmpty()
                    ? "map it to a " + words.id()
                    : "map it to one of the candidates or another " + words.id();
            problems.add(new Problem(label, "is no " + words.name() + "; " + hint, singular));
        } else {
            var reason = "has %d meanings in %s; map it to the %s of one of them"
                    .formatted(senses.size(), hierarchy.title(), words.id());
            problems.add(new Problem(label, reason, senses));
        }
    }

    private List<Synset> singulars(String label) {
        return PLURALS.stream()
                .filter(ending -> label.endsWith(ending.getKey()))
                .map(ending ->
                        label.substring(0, label.length() - ending.getKey().length()) + ending.getValue())
                .filter(singular -> !singular.isBlank())
                .flatMap(singular -> hierarchy.findByLemma(singular).stream())
                .distinct()
                .toList();
    }
}

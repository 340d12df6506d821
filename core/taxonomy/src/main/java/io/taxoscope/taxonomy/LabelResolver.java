package io.taxoscope.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the labels of a dataset to synsets. Never guesses: what is not certain is a problem with candidates. */
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

    private final WordNet wordNet;

    public LabelResolver(WordNet wordNet) {
        this.wordNet = wordNet;
    }

    /**
     * @param resolved label to synset
     * @param problems labels without an answer
     */
    public record Resolution(Map<String, SynsetId> resolved, List<Problem> problems) {}

    /** @param candidates what the label may mean; empty when it is unknown */
    public record Problem(String label, String reason, List<Synset> candidates) {}

    /**
     * An entry of {@code mapping} wins, then a wnid, then a lemma with exactly one noun synset.
     *
     * @param mapping label to wnid
     */
    public Resolution resolve(Collection<String> labels, Map<String, String> mapping) {
        var resolved = new LinkedHashMap<String, SynsetId>();
        var problems = new ArrayList<Problem>();
        for (String label : labels) {
            var given = Optional.ofNullable(mapping.get(label));
            var wnid = given.orElse(label);
            if (isWnid(wnid)) {
                resolved.put(label, SynsetId.of(wnid));
            } else if (given.isPresent()) {
                var reason = "is mapped to \"" + wnid + "\", which is no noun synset of WordNet 3.0";
                problems.add(new Problem(label, reason, List.of()));
            } else {
                byLemma(label, resolved, problems);
            }
        }
        return new Resolution(resolved, problems);
    }

    private boolean isWnid(String text) {
        return wordNet.find(SynsetId.of(text)).isPresent();
    }

    private void byLemma(String label, Map<String, SynsetId> resolved, List<Problem> problems) {
        var senses = wordNet.findByLemma(label);
        if (senses.size() == 1) {
            resolved.put(label, senses.getFirst().id());
        } else if (senses.isEmpty()) {
            var singular = singulars(label);
            var hint = singular.isEmpty() ? "map it to a wnid" : "map it to one of the candidates or another wnid";
            problems.add(new Problem(label, "is no noun of WordNet 3.0; " + hint, singular));
        } else {
            var reason = "has " + senses.size() + " meanings in WordNet 3.0; map it to the wnid of one of them";
            problems.add(new Problem(label, reason, senses));
        }
    }

    private List<Synset> singulars(String label) {
        return PLURALS.stream()
                .filter(ending -> label.endsWith(ending.getKey()))
                .map(ending ->
                        label.substring(0, label.length() - ending.getKey().length()) + ending.getValue())
                .filter(singular -> !singular.isBlank())
                .flatMap(singular -> wordNet.findByLemma(singular).stream())
                .distinct()
                .toList();
    }
}

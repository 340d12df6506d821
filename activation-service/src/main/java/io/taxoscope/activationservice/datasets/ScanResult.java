package io.taxoscope.activationservice.datasets;

import io.taxoscope.store.DatasetManifest.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a scan found, in the order of the dataset: by path, then by label. */
record ScanResult(List<Example> examples, List<Skipped> skipped, int nDuplicates, List<LabelRow> labels) {
    ScanResult {
        examples = List.copyOf(examples);
        skipped = List.copyOf(skipped);
        labels = List.copyOf(labels);
    }

    /** How one file fared. */
    sealed interface Outcome {
        String path();
    }

    record Usable(String path, String label, String sha256, int width, int height) implements Outcome {}

    record Skipped(String path, String reason) implements Outcome {}

    static ScanResult of(List<Outcome> outcomes) {
        List<Usable> usable = outcomes.stream()
                .filter(Usable.class::isInstance)
                .map(Usable.class::cast)
                .sorted(Comparator.comparing(Usable::path).thenComparing(Usable::label))
                .toList();
        List<Skipped> skipped = outcomes.stream()
                .filter(Skipped.class::isInstance)
                .map(Skipped.class::cast)
                .sorted(Comparator.comparing(Skipped::path))
                .toList();
        List<Example> examples = new ArrayList<>();
        Map<String, Integer> counts = new TreeMap<>();
        Set<String> hashes = new HashSet<>();
        for (Usable image : usable) {
            examples.add(new Example(
                    examples.size(), image.path(), image.label(), image.sha256(), image.width(), image.height()));
            counts.merge(image.label(), 1, Integer::sum);
            hashes.add(image.sha256());
        }
        List<LabelRow> labels = counts.entrySet().stream()
                .map(count -> new LabelRow(count.getKey(), count.getValue()))
                .toList();
        return new ScanResult(examples, skipped, usable.size() - hashes.size(), labels);
    }
}

package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.DatasetView.LabelCount;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentSpec.DatasetRef;
import io.taxoscope.api.gateway.ScoringSpec;
import io.taxoscope.api.taxonomy.LabelApi;
import io.taxoscope.api.taxonomy.LabelApi.LabelProblem;
import io.taxoscope.api.taxonomy.LabelApi.ResolveLabels;
import io.taxoscope.common.TaxoscopeException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Whether latents can be scored by a dataset's labels: each is a node of the taxonomy, and they make several classes. */
@Component
class LabelCheck {
    private final LabelApi labels;

    LabelCheck(LabelApi labels) {
        this.labels = labels;
    }

    /**
     * The labels of a dataset in the taxonomy.
     *
     * @param nodes label to node; complete when nothing is wrong
     * @param isUnresolved whether some label has no node, or no single one
     * @param faults each with the field of the document that mends it
     */
    record Labelled(Map<String, String> nodes, boolean isUnresolved, List<FieldError> faults) {}

    /**
     * Checks what can be checked already: a dataset that is still being read is checked when it has been.
     *
     * @param scoring null when it is wrong itself
     */
    void check(DatasetRef ref, @Nullable ScoringSpec scoring, DatasetView dataset, Findings findings) {
        if (dataset.job().state() == JobState.SUCCEEDED) {
            look(ref, scoring, dataset).faults().forEach(fault -> findings.add(fault.field(), fault.message()));
        }
    }

    /** @param dataset has been read */
    Labelled look(ExperimentSpec spec, DatasetView dataset) {
        return look(spec.dataset(), spec.scoring(), dataset);
    }

    private Labelled look(DatasetRef ref, @Nullable ScoringSpec scoring, DatasetView dataset) {
        List<String> known = dataset.labels().stream().map(LabelCount::label).toList();
        var faults = new ArrayList<FieldError>();
        Map<String, String> mapping = ref.labels() == null ? Map.of() : ref.labels();
        mapping.keySet().stream()
                .filter(label -> !known.contains(label))
                .sorted()
                .forEach(label -> faults.add(
                        fault(label, "is no label of the dataset, so that its class would be empty; leave it out")));
        var resolution = labels.resolve(new ResolveLabels(known, ref.labels(), ref.mappingFile(), ref.taxonomy()));
        resolution.problems().forEach(problem -> faults.add(fault(problem.label(), sentence(problem))));
        boolean isUnresolved = !resolution.problems().isEmpty();
        if (!isUnresolved) {
            requireClasses(resolution.resolved(), faults);
        }
        requireImages(scoring, dataset, faults);
        return new Labelled(resolution.resolved(), isUnresolved, faults);
    }

    private static void requireClasses(Map<String, String> nodes, List<FieldError> faults) {
        Set<String> classes = new TreeSet<>(nodes.values());
        if (classes.size() < 2) {
            faults.add(new FieldError(
                    "dataset.labels",
                    "make one class only, %s; hierarchy scores compare classes, so give a dataset of at least two"
                            .formatted(String.join("", classes))));
        }
    }

    private static void requireImages(@Nullable ScoringSpec scoring, DatasetView dataset, List<FieldError> faults) {
        Integer topK = scoring == null ? null : scoring.topK();
        if (topK != null && topK > dataset.nImages()) {
            faults.add(new FieldError(
                    "scoring.topK", "is %d, but the dataset has only %d images".formatted(topK, dataset.nImages())));
        }
    }

    private static FieldError fault(String label, String message) {
        return new FieldError("dataset.labels." + label, message);
    }

    private static String sentence(LabelProblem problem) {
        String candidates = problem.candidates().stream()
                .limit(5)
                .map(synset -> "%s (%s: %s)".formatted(synset.wnid(), synset.name(), synset.gloss()))
                .collect(Collectors.joining(", "));
        return candidates.isEmpty() ? problem.reason() : problem.reason() + "; candidates: " + candidates;
    }
}

package io.taxoscope.gateway.experiments;

import io.taxoscope.api.JobState;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.DatasetView.LabelCount;
import io.taxoscope.api.gateway.ExperimentSpec.DatasetRef;
import io.taxoscope.api.taxonomy.LabelApi;
import io.taxoscope.api.taxonomy.LabelApi.LabelProblem;
import io.taxoscope.api.taxonomy.LabelApi.LabelResolution;
import io.taxoscope.api.taxonomy.LabelApi.ResolveLabels;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Whether every label of a dataset is a synset, or a node of the taxonomy that it names. */
@Component
class LabelCheck {
    private final LabelApi labels;

    LabelCheck(LabelApi labels) {
        this.labels = labels;
    }

    /**
     * Checks what can be checked already: a dataset that is still being read is checked when it has been.
     *
     * @return whether it could be checked
     */
    boolean check(DatasetRef ref, DatasetView dataset, Findings findings) {
        if (dataset.job().state() != JobState.SUCCEEDED) {
            return false;
        }
        List<String> known = dataset.labels().stream().map(LabelCount::label).toList();
        Map<String, String> mapping = ref.labels() == null ? Map.of() : ref.labels();
        mapping.keySet().stream()
                .filter(label -> !known.contains(label))
                .sorted()
                .forEach(label -> findings.add("dataset.labels." + label, "is no label of the dataset"));
        for (LabelProblem problem : resolve(ref, known).problems()) {
            findings.add("dataset.labels." + problem.label(), sentence(problem));
        }
        return true;
    }

    LabelResolution resolve(DatasetRef ref, List<String> known) {
        return labels.resolve(new ResolveLabels(known, ref.labels(), ref.mappingFile(), ref.taxonomy()));
    }

    static String sentence(LabelProblem problem) {
        String candidates = problem.candidates().stream()
                .limit(5)
                .map(synset -> "%s (%s: %s)".formatted(synset.wnid(), synset.name(), synset.gloss()))
                .collect(Collectors.joining(", "));
        return candidates.isEmpty() ? problem.reason() : problem.reason() + "; candidates: " + candidates;
    }
}

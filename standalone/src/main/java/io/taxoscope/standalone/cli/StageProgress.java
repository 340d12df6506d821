package io.taxoscope.standalone.cli;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ExperimentView.Stage;
import io.taxoscope.api.gateway.Variant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One kind of stage of one variant over all layers, as a person follows it.
 *
 * @param done finished stages of this kind
 * @param share done, 0 to 1, with the unfinished ones counted in part
 */
record StageProgress(String name, int done, int total, double share) {
    static List<StageProgress> of(ExperimentView experiment) {
        Map<String, List<Stage>> byName = new LinkedHashMap<>();
        for (Stage stage : experiment.stages()) {
            byName.computeIfAbsent(name(stage), name -> new ArrayList<>()).add(stage);
        }
        return byName.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    boolean isDone() {
        return done == total;
    }

    private static StageProgress of(String name, List<Stage> stages) {
        int done = (int) stages.stream()
                .filter(stage -> stage.state() == JobState.SUCCEEDED)
                .count();
        double share =
                stages.stream().mapToDouble(StageProgress::share).average().orElse(0);
        return new StageProgress(name, done, stages.size(), share);
    }

    private static String name(Stage stage) {
        Variant variant = stage.variant();
        return words(stage.kind()) + (variant == null || variant == Variant.TRAINED ? "" : " " + words(variant));
    }

    private static String words(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static double share(Stage stage) {
        if (stage.state() == JobState.SUCCEEDED) {
            return 1;
        }
        return stage.total() == 0 ? 0 : Math.min(1, (double) stage.done() / stage.total());
    }
}

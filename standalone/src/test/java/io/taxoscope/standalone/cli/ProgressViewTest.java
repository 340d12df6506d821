package io.taxoscope.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ExperimentView.Stage;
import io.taxoscope.api.gateway.Variant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void saysALineForEachTenthOfAStage() {
        var lines = new ProgressView.Lines(out);
        lines.show(experiment(stage("a", JobState.RUNNING, 5, 100), stage("b", JobState.QUEUED, 0, 0)));
        lines.show(experiment(stage("a", JobState.RUNNING, 60, 100), stage("b", JobState.QUEUED, 0, 0)));
        lines.show(experiment(stage("a", JobState.RUNNING, 61, 100), stage("b", JobState.QUEUED, 0, 0)));
        lines.show(experiment(stage("a", JobState.SUCCEEDED, 100, 100), stage("b", JobState.SUCCEEDED, 100, 100)));
        assertThat(printed()).containsExactly("train 30% (0/2)", "train 100% (2/2)");
    }

    @Test
    void drawsOneBarForEachKindOfStageOverItsLastPicture() {
        var bars = new ProgressView.Bars(out);
        ExperimentView half = experiment(stage("a", JobState.SUCCEEDED, 100, 100), stage("b", JobState.QUEUED, 0, 0));
        bars.show(half);
        bars.show(half);
        String bar = "█".repeat(16) + "░".repeat(16);
        assertThat(printed())
                .containsExactly(
                        "\u001b[2K  train                " + bar + "  50%  1/2",
                        "\u001b[2K  running, 25%, about 9 s to go",
                        "\u001b[2A\u001b[2K  train                " + bar + "  50%  1/2",
                        "\u001b[2K  running, 25%, about 9 s to go");
    }

    private List<String> printed() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Stage stage(String layer, JobState state, long done, long total) {
        return new Stage(Stage.Kind.TRAIN, layer, Variant.TRAINED, null, state, done, total, "steps", null, null, null);
    }

    private static ExperimentView experiment(Stage... stages) {
        var spec = new ExperimentSpec(
                "test",
                new ExperimentSpec.ModelRef("m", null, null, null, null),
                new ExperimentSpec.DatasetRef("d", null, null, null, null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return new ExperimentView(
                "e-1",
                "test",
                JobState.RUNNING,
                spec,
                0.25,
                9.0,
                List.of(stages),
                null,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                null,
                1);
    }
}

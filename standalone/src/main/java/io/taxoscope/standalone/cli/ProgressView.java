package io.taxoscope.standalone.cli;

import io.taxoscope.api.gateway.ExperimentView;
import java.io.Console;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Progress for whoever reads: bars that move in a terminal, or a line for each step forward in a log. */
sealed interface ProgressView {
    void show(ExperimentView experiment);

    static ProgressView on(PrintStream out) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return terminal ? new Bars(out) : new Lines(out);
    }

    /** Draws over its own last picture. */
    final class Bars implements ProgressView {
        private static final int WIDTH = 32;

        private final PrintStream out;
        private int drawn;

        Bars(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(ExperimentView experiment) {
            var picture = new StringBuilder();
            if (drawn > 0) {
                picture.append("\u001b[").append(drawn).append('A');
            }
            List<StageProgress> stages = StageProgress.of(experiment);
            for (StageProgress stage : stages) {
                picture.append("\u001b[2K").append(line(stage)).append('\n');
            }
            picture.append("\u001b[2K").append(summary(experiment)).append('\n');
            drawn = stages.size() + 1;
            out.print(picture);
            out.flush();
        }

        private static String line(StageProgress stage) {
            int filled = (int) Math.round(stage.share() * WIDTH);
            return "  %-20s %s%s %3.0f%%  %d/%d"
                    .formatted(
                            stage.name(),
                            "█".repeat(filled),
                            "░".repeat(WIDTH - filled),
                            100 * stage.share(),
                            stage.done(),
                            stage.total());
        }

        private static String summary(ExperimentView experiment) {
            Double eta = experiment.etaSeconds();
            return "  %s, %.0f%%%s"
                    .formatted(
                            experiment.state().name().toLowerCase(Locale.ROOT),
                            100 * experiment.progress(),
                            eta == null || experiment.state().isFinished()
                                    ? ""
                                    : ", about %.0f s to go".formatted(eta));
        }
    }

    /** Says something only when a stage has come a tenth further. */
    final class Lines implements ProgressView {
        private final PrintStream out;
        private final Map<String, Integer> said = new HashMap<>();

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void show(ExperimentView experiment) {
            for (StageProgress stage : StageProgress.of(experiment)) {
                int tenth = stage.isDone() ? 10 : (int) Math.min(9, 10 * stage.share());
                if (tenth > said.getOrDefault(stage.name(), 0)) {
                    said.put(stage.name(), tenth);
                    out.printf("%s %d%% (%d/%d)%n", stage.name(), 10 * tenth, stage.done(), stage.total());
                }
            }
        }
    }
}

package io.taxoscope.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.JobState;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ExperimentView.Stage;
import io.taxoscope.api.gateway.ExperimentView.Stage.Kind;
import io.taxoscope.api.gateway.LayerReport;
import io.taxoscope.sdk.Taxoscope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A platform that is killed with SIGKILL in one stage after another, and started again on the same home each time, ends
 * with the numbers of one that was left alone.
 */
class KilledPlatformIT {
    /** These take long enough to be caught every time; the rest are caught when they can be. */
    private static final Set<Kind> MUST_BE_HIT = EnumSet.of(Kind.REGISTER_DATASET, Kind.EXTRACT, Kind.TRAIN);

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @TempDir
    Path folder;

    @Test
    void endsWithTheSameNumbersHoweverOftenItIsKilled() throws Exception {
        List<LayerReport> undisturbed;
        try (DemoPlatform platform = DemoPlatform.start(folder.resolve("undisturbed"))) {
            Taxoscope client = platform.client();
            String id =
                    client.submit(DemoPlatform.shortExperiment("undisturbed")).id();
            client.awaitFinished(id, view -> {});
            undisturbed = client.experiments().layers(id).items();
        }

        var hit = EnumSet.noneOf(Kind.class);
        List<LayerReport> survived = killInEveryStage(folder.resolve("killed"), hit);

        System.out.println("killed in the stages " + hit);
        assertThat(hit).containsAll(MUST_BE_HIT);
        assertThat(survived).hasSameSizeAs(undisturbed).isNotEmpty();
        for (int i = 0; i < survived.size(); i++) {
            LayerReport left = survived.get(i);
            LayerReport right = undisturbed.get(i);
            assertThat(left.shardSet()).isEqualTo(right.shardSet());
            assertThat(left.variants()).hasSameSizeAs(right.variants());
            for (int j = 0; j < left.variants().size(); j++) {
                assertThat(left.variants().get(j).sae())
                        .isEqualTo(right.variants().get(j).sae());
                assertThat(left.variants().get(j).hierarchy())
                        .isEqualTo(right.variants().get(j).hierarchy());
            }
        }
    }

    private static List<LayerReport> killInEveryStage(Path home, Set<Kind> hit) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        Process process = start(home);
        try {
            Taxoscope client = connect(home, process, deadline);
            String id = client.submit(DemoPlatform.shortExperiment("killed")).id();
            while (true) {
                ExperimentView view = client.experiments().find(id);
                if (view.state().isFinished()) {
                    assertThat(view.state()).as("%s", view.error()).isEqualTo(JobState.SUCCEEDED);
                    assertThat(client.experiments().list(null, 20).items()).hasSize(1);
                    return client.experiments().layers(id).items();
                }
                Optional<Kind> fresh = running(view).filter(kind -> !hit.contains(kind));
                if (fresh.isPresent()) {
                    hit.add(fresh.get());
                    process.destroyForcibly().waitFor();
                    process = start(home);
                    client = connect(home, process, deadline);
                }
                assertThat(Instant.now()).as("still %s", view).isBefore(deadline);
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    private static Optional<Kind> running(ExperimentView view) {
        return view.stages().stream()
                .filter(stage -> stage.state() == JobState.RUNNING)
                .map(Stage::kind)
                .findFirst();
    }

    private static Process start(Path home) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1"));
        command.add("-Dtaxoscope.logs=" + home);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Standalone.class.getName()));
        command.addAll(List.of("--home", home.toString(), "--port", "0"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "killed-platform.log").toFile()))
                .start();
    }

    private static Taxoscope connect(Path home, Process process, Instant deadline) throws InterruptedException {
        while (true) {
            Optional<RunningPlatform> running =
                    RunningPlatform.in(PlatformHome.at(home)).filter(platform -> platform.pid() == process.pid());
            if (running.isPresent()) {
                return Taxoscope.connect(running.get().address());
            }
            assertThat(process.isAlive()).as("the platform in %s starts", home).isTrue();
            assertThat(Instant.now()).as("starting %s", home).isBefore(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}

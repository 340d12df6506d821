package io.taxoscope.standalone.cli;

import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.sdk.Taxoscope;
import io.taxoscope.standalone.PlatformHome;
import io.taxoscope.standalone.RunningPlatform;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** What runs, where, and how much it keeps. */
final class Status {
    private final PlatformHome home;
    private final PrintStream out;

    Status(PlatformHome home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    /** Answers whether the platform is up. */
    boolean show() {
        Optional<RunningPlatform> running = RunningPlatform.in(home);
        if (running.isPresent()) {
            show(running.get());
        } else {
            out.println(home.isInUse() ? "starting" : "not running");
        }
        out.printf("home      %s%n", home.folder());
        out.printf("database  %s%n", size(home.folder().resolve("pg")));
        out.printf("store     %s%n", size(home.store()));
        return running.isPresent();
    }

    private void show(RunningPlatform platform) {
        out.printf(
                Locale.ROOT,
                "running   %s (process %d, up since %s, ready in %.1f s)%n",
                platform.address(),
                platform.pid(),
                platform.startedAt(),
                platform.seconds());
        platform.services().forEach((name, address) -> out.printf("  %-12s %s  %s%n", name, address, health(address)));
        List<ExperimentView> latest = Taxoscope.connect(platform.address())
                .experiments()
                .list(null, 5)
                .items();
        latest.forEach(experiment -> out.printf(
                Locale.ROOT,
                "experiment %s  %s  %.0f%%  %s%n",
                experiment.id(),
                experiment.state(),
                100 * experiment.progress(),
                experiment.name()));
    }

    private static String health(String address) {
        try {
            RestClient.create(address).get().uri("/actuator/health").retrieve().toBodilessEntity();
            return "healthy";
        } catch (RestClientException failure) {
            return "not healthy: " + failure.getMessage();
        }
    }

    private static String size(Path folder) {
        if (Files.notExists(folder)) {
            return "none yet";
        }
        var total = new Total();
        try {
            Files.walkFileTree(folder, total);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return String.format(Locale.ROOT, "%.1f MB in %d files", total.bytes / 1e6, total.files);
    }

    /** Counts a file with several names once, and does not mind files that vanish while it looks. */
    private static final class Total extends SimpleFileVisitor<Path> {
        private final Set<Object> seen = new HashSet<>();
        private long bytes;
        private long files;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.fileKey() == null || seen.add(attributes.fileKey())) {
                bytes += attributes.size();
                files++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}

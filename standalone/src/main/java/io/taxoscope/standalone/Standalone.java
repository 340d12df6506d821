package io.taxoscope.standalone;

import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The process behind {@code ./taxoscope up}: runs the platform until it is told to stop. */
public final class Standalone {
    /** Exit status when another process has the home already. */
    private static final int ALREADY_RUNNING = 3;

    private Standalone() {}

    public static void main(String[] commandLine) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            Arguments arguments =
                    Arguments.parse(List.of(commandLine), Set.of("--home", "--port"), Set.of("--rehearse"));
            Path home = Path.of(arguments.option("--home").orElseThrow());
            run(PlatformHome.at(home), arguments.number("--port", 8080), Services.all());
            if (arguments.has("--rehearse")) {
                System.exit(0); // all that a start loads has been loaded: the JVM writes its record on the way out
            }
        } catch (TaxoscopeException failure) {
            System.err.println(failure.getMessage());
            System.exit(failure.code() == StandaloneError.HOME_IN_USE ? ALREADY_RUNNING : 1);
        }
    }

    /** Returns once the platform is ready; a shutdown hook stops it in order: services, database, then the claim. */
    static void run(PlatformHome home, int port, List<Service> services) {
        Instant start = Instant.now();
        PlatformHome.Claim claim = home.claim();
        try {
            Files.deleteIfExists(home.running());
            Platform platform = Platform.start(home, port, services);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(home, platform, claim), "platform-shutdown"));
            var running = new RunningPlatform(
                    ProcessHandle.current().pid(),
                    platform.address(),
                    start,
                    Duration.between(start, Instant.now()).toMillis() / 1000.0,
                    platform.addresses());
            running.writeTo(home.running());
        } catch (IOException failure) {
            throw StandaloneError.HOME_UNUSABLE.because("cannot write " + home.running() + ": " + failure, failure);
        }
    }

    private static void stop(PlatformHome home, Platform platform, PlatformHome.Claim claim) {
        platform.close();
        try {
            Files.deleteIfExists(home.running());
        } catch (IOException leftBehind) {
            System.err.println("cannot remove " + home.running() + ": " + leftBehind);
        }
        claim.close();
    }
}

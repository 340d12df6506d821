package io.taxoscope.standalone.cli;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sdk.ProblemException;
import io.taxoscope.sdk.Taxoscope;
import io.taxoscope.standalone.Arguments;
import io.taxoscope.standalone.PlatformHome;
import io.taxoscope.standalone.PlatformProcess;
import io.taxoscope.standalone.RunningPlatform;
import io.taxoscope.standalone.StandaloneError;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.web.client.ResourceAccessException;

/** What ./taxoscope hands over to: one command, then its options. */
public final class Cli {
    private static final int NOT_RUNNING = 3;

    private final PrintStream out;

    private Cli(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] commandLine) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status;
        try {
            status = new Cli(out).run(commandLine[0], List.of(commandLine).subList(1, commandLine.length));
        } catch (TaxoscopeException failure) {
            System.err.println("taxoscope: " + failure.getMessage());
            failure.errors().forEach(error -> System.err.println("  " + error.field() + ": " + error.message()));
            status = failure.code() == StandaloneError.NOT_RUNNING ? NOT_RUNNING : 1;
        } catch (ProblemException refused) {
            System.err.println("taxoscope: " + refused.getMessage());
            refused.errors().forEach(error -> System.err.println("  " + error.field() + ": " + error.message()));
            status = 1;
        } catch (ResourceAccessException unreachable) {
            System.err.println("taxoscope: the platform does not answer: " + unreachable.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private int run(String command, List<String> rest) {
        return switch (command) {
            case "status" -> new Status(home(options(rest, Set.of(), Set.of())), out).show() ? 0 : NOT_RUNNING;
            case "down" -> down(home(options(rest, Set.of(), Set.of())));
            case "run" -> runExperiment(options(rest, Set.of(), Set.of("--follow")));
            case "demo" ->
                demo(options(rest, Set.of("--root", "--json", "--model", "--images", "--preprocessing"), Set.of()));
            default -> throw StandaloneError.USAGE.because("no command " + command);
        };
    }

    private int down(PlatformHome home) {
        out.println(PlatformProcess.stop(home) ? "stopped" : "nothing runs in " + home.folder());
        return 0;
    }

    private int runExperiment(Arguments arguments) {
        if (arguments.words().size() != 1) {
            throw StandaloneError.USAGE.because("run takes one file: ./taxoscope run FILE.yaml [--follow]");
        }
        Path file = Path.of(arguments.words().getFirst());
        Taxoscope taxoscope = taxoscope(home(arguments));
        String id = taxoscope.submit(ExperimentFile.read(file).document()).id();
        out.println("experiment " + id + " at " + taxoscope.address());
        if (arguments.has("--follow")) {
            new Follow(taxoscope, out).untilDone(id);
            Findings.of(taxoscope, id).print(out);
        }
        return 0;
    }

    private int demo(Arguments arguments) {
        if (!arguments.words().isEmpty()) {
            throw StandaloneError.USAGE.because(
                    "demo does not know " + arguments.words().getFirst());
        }
        new Demo(taxoscope(home(arguments)), out).run(arguments);
        return 0;
    }

    private static Taxoscope taxoscope(PlatformHome home) {
        RunningPlatform platform = RunningPlatform.in(home)
                .orElseThrow(() -> StandaloneError.NOT_RUNNING.because(
                        "no platform runs in " + home.folder() + "; start it with ./taxoscope up"));
        return Taxoscope.connect(platform.address());
    }

    private static Arguments options(List<String> rest, Set<String> own, Set<String> flags) {
        var known = new HashSet<>(own);
        known.add("--home");
        return Arguments.parse(rest, known, flags);
    }

    private static PlatformHome home(Arguments arguments) {
        return PlatformHome.at(Path.of(arguments.option("--home").orElseThrow()));
    }
}

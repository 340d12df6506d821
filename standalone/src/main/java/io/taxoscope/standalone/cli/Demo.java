package io.taxoscope.standalone.cli;

import io.taxoscope.api.Source;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.sdk.Taxoscope;
import io.taxoscope.standalone.Arguments;
import io.taxoscope.standalone.StandaloneError;
import io.taxoscope.store.AtomicFiles;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The shipped experiment, or the same on a model and images of the user's own. */
final class Demo {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    /** What a model of the hub begins with, so that it is told from a file. */
    private static final String HUB = "hf:";

    private final Taxoscope taxoscope;
    private final PrintStream out;

    Demo(Taxoscope taxoscope, PrintStream out) {
        this.taxoscope = taxoscope;
        this.out = out;
    }

    void run(Arguments arguments) {
        Path file = Path.of(arguments.option("--root").orElseThrow()).resolve("demo/experiment.yaml");
        Map<String, Object> document = ExperimentFile.read(file).document();
        arguments.option("--model").ifPresent(model -> useModel(document, model, arguments));
        arguments.option("--images").ifPresent(images -> useImages(document, existing(images)));
        if (arguments.option("--model").isEmpty()
                && arguments.option("--preprocessing").isPresent()) {
            throw StandaloneError.USAGE.because("--preprocessing belongs to --model: the shipped model has its own");
        }
        long start = System.nanoTime();
        ExperimentView submitted = taxoscope.submit(document);
        out.println("experiment " + submitted.id() + " at " + taxoscope.address());
        new Follow(taxoscope, out).untilDone(submitted.id());
        double seconds = (System.nanoTime() - start) / 1e9;
        Findings findings = Findings.of(taxoscope, submitted.id());
        findings.print(out);
        arguments
                .option("--json")
                .ifPresent(target -> write(findings.asReport(taxoscope.address().toString(), seconds), target));
        out.printf(
                "%nDone in %.0f s. The platform is up at %s; ./taxoscope down stops it.%n",
                seconds, taxoscope.address());
    }

    private void useModel(Map<String, Object> document, String model, Arguments arguments) {
        var part = new LinkedHashMap<String, Object>();
        var described = arguments.option("--preprocessing").map(Demo::read);
        if (model.startsWith(HUB)) {
            part.put("name", model.substring(HUB.length()));
            part.put("source", new HubModel(taxoscope, out).downloaded(model.substring(HUB.length())));
            described.ifPresent(preprocessing -> part.put("preprocessing", preprocessing));
        } else {
            Path file = existing(model);
            part.put("name", file.getFileName().toString());
            part.put("source", Source.ofPath(file.toString()));
            part.put("preprocessing", described.orElseGet(this::usual));
        }
        document.put("model", part);
        document.put("name", part.get("name"));
        // What the shipped document says about these was chosen for the shipped model; another one gets the defaults.
        document.remove("sae");
        document.remove("token");
    }

    private Preprocessing usual() {
        out.println("no --preprocessing: images are resized to 256, cropped to 224 and normalised as for ImageNet");
        return Preprocessing.IMAGENET_224;
    }

    private static void useImages(Map<String, Object> document, Path images) {
        var part = new LinkedHashMap<String, Object>();
        part.put("name", images.getFileName().toString());
        part.put("source", Source.ofPath(images.toString()));
        document.put("dataset", part);
    }

    private static Path existing(String text) {
        Path path = Path.of(text).toAbsolutePath().normalize();
        if (Files.notExists(path)) {
            throw StandaloneError.USAGE.because("there is no " + path);
        }
        return path;
    }

    private static Preprocessing read(String file) {
        try {
            return JSON.readValue(existing(file), Preprocessing.class);
        } catch (JacksonException malformed) {
            throw StandaloneError.USAGE.because(
                    file + " describes no preprocessing: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private void write(DemoReport report, String target) {
        AtomicFiles.write(
                Path.of(target).toAbsolutePath(),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(report));
        out.println("wrote " + target);
    }
}

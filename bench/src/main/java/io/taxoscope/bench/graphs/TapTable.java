package io.taxoscope.bench.graphs;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.Safetensors;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.Difference;
import io.taxoscope.vision.run.ModelDescription;
import io.taxoscope.vision.run.ModelInspection;
import io.taxoscope.vision.run.ReferenceTensor;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Verification;
import io.taxoscope.vision.run.Verification.Agreement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Taps found in the graphs of a folder against PyTorch's hidden states beside them, as a Markdown table. The folder is written by
 * {@code python -m tap_models OUT_DIR} in bench/python. With {@code -v} every tap has its line.
 */
public final class TapTable {
    private static final String PIXELS = "pixel_values";

    private TapTable() {}

    public static void main(String[] args) throws IOException {
        boolean isVerbose = args.length > 1 && args[1].equals("-v");
        System.out.println("| model | graph | blocks | compared | largest relative difference | at | not found |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (Path graph : graphs(Path.of(args[0]))) {
            String file = graph.getFileName().toString();
            String family = file.substring(0, file.indexOf('.'));
            String variant = file.substring(family.length() + 1, file.length() - ".onnx".length());
            System.out.printf(Locale.ROOT, "| %s | %s | %s |%n", family, variant, line(graph, family, isVerbose));
        }
    }

    private static List<Path> graphs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".onnx"))
                    .sorted()
                    .toList();
        }
    }

    private static String line(Path graph, String family, boolean isVerbose) {
        try (Safetensors reference = Safetensors.read(graph.resolveSibling(family + ".reference.safetensors"))) {
            List<Long> shape = reference.info(PIXELS).shape();
            OnnxModel model = OnnxModel.read(graph);
            ModelDescription description = ModelInspection.inspect(
                    model, shape.get(2).intValue(), shape.get(3).intValue(), null);
            if (isVerbose) {
                description.taps().forEach(System.out::println);
            }
            long blocks = description.taps().stream()
                    .filter(tap -> tap.name().endsWith("resid_post"))
                    .count();
            return blocks + " | " + agreements(model, description, reference, shape, isVerbose);
        } catch (TaxoscopeException refused) {
            return "- | - | refused | | " + refused.getMessage();
        }
    }

    private static String agreements(
            OnnxModel model, ModelDescription description, Safetensors reference, List<Long> shape, boolean isVerbose) {
        List<ReferenceTensor> tensors = reference.names().stream()
                .filter(name -> !name.equals(PIXELS))
                .sorted()
                .map(name -> new ReferenceTensor(name, reference.info(name).shape(), reference.floats(name)))
                .toList();
        List<Agreement> agreements = new Verification(
                        description,
                        reference.floats(PIXELS),
                        shape.stream().mapToLong(Long::longValue).toArray())
                .of(model, tensors, 2);
        var worst = new TreeMap<Double, String>();
        for (Agreement agreement : agreements) {
            if (isVerbose) {
                System.out.println(shown(agreement));
            }
            if (isNamed(agreement)) {
                worst.put(
                        Objects.requireNonNull(agreement.difference()).relative(),
                        agreement.reference().name());
            }
        }
        String missing = agreements.stream()
                .filter(agreement -> !isNamed(agreement))
                .map(agreement -> agreement.reference().name())
                .collect(Collectors.joining(" "));
        return worst.isEmpty()
                ? "0 | | | " + missing
                : "%d | %.1e | %s | %s"
                        .formatted(
                                agreements.stream().filter(TapTable::isNamed).count(),
                                worst.lastKey(),
                                worst.lastEntry().getValue(),
                                missing);
    }

    private static boolean isNamed(Agreement agreement) {
        Tap tap = agreement.tap();
        return tap != null && tap.name().equals(agreement.reference().name());
    }

    private static String shown(Agreement agreement) {
        Difference difference = agreement.difference();
        return "%s %s: %s"
                .formatted(
                        agreement.reference().name(),
                        agreement.reference().shape(),
                        difference == null
                                ? "fits no tap"
                                : "%s %.2e, cosine %.6f, nearest %s"
                                        .formatted(
                                                Objects.requireNonNull(agreement.tap())
                                                        .name(),
                                                difference.relative(),
                                                difference.cosine(),
                                                Objects.requireNonNull(agreement.nearest())
                                                        .name()));
    }
}

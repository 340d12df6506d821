package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.interventions.Outcome.Effect;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.CreateIntervention.ClassGroup;
import io.taxoscope.api.activation.CreateIntervention.OutputKind;
import io.taxoscope.api.activation.InterventionExample;
import io.taxoscope.api.activation.InterventionExample.ClassProbability;
import io.taxoscope.api.activation.InterventionView.Put;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.vision.splice.ClassProbabilities;
import io.taxoscope.vision.splice.Embeddings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares the model's outputs under each replacement with its own, example by example. */
final class Comparison {
    private static final int SHOWN = 5;

    private final OutputKind kind;
    private final @Nullable List<String> labels;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<int[]> groups = new ArrayList<>();
    private double[] before_c = new double[0];
    private double[] after_c = new double[0];
    private List<Outcome> outcomes = new ArrayList<>();

    Comparison(CreateIntervention request) {
        this.kind = request.kind();
        this.labels = request.classes();
        List<String> classes = Objects.requireNonNullElse(labels, List.of());
        for (int c = 0; c < classes.size(); c++) {
            indices.put(classes.get(c), c);
        }
        for (ClassGroup group : Objects.requireNonNullElse(request.groups(), List.<ClassGroup>of())) {
            groups.add(group.classes().stream()
                    .distinct()
                    .mapToInt(label -> Objects.requireNonNull(indices.get(label)))
                    .toArray());
        }
    }

    /** @param outputs under each replacement, [examples, width] */
    void add(List<Example> examples, Map<Put, float[]> outputs) {
        int width = get(outputs, Put.ORIGINAL).length / examples.size();
        requireWidth(width);
        requireKind(get(outputs, Put.ORIGINAL), width);
        for (int i = 0; i < examples.size(); i++) {
            outcomes.add(
                    kind == OutputKind.EMBEDDING
                            ? embedding(examples.get(i), i, outputs, width)
                            : classes(examples.get(i), i, outputs, width));
        }
    }

    /** What has come since the last call. */
    Piece take() {
        Piece piece = new Piece(List.copyOf(outcomes), list(before_c), list(after_c));
        outcomes = new ArrayList<>();
        Arrays.fill(before_c, 0);
        Arrays.fill(after_c, 0);
        return piece;
    }

    private void requireWidth(int width) {
        if (labels != null && labels.size() != width) {
            throw ActivationError.INTERVENTION_INVALID.at(
                    "classes", "are %d, but the output has %d logits".formatted(labels.size(), width));
        }
        boolean isOfClasses = kind != OutputKind.EMBEDDING;
        if (isOfClasses && width < 2) {
            throw ActivationError.INTERVENTION_INVALID.at("kind", "a single number is no choice between classes");
        }
        if (isOfClasses && before_c.length == 0) {
            before_c = new double[width];
            after_c = new double[width];
        }
    }

    /** A softmax of what a softmax made would be flat, and its cross-entropy and divergence would say next to nothing. */
    private void requireKind(float[] output_bc, int width) {
        boolean allAre = IntStream.range(0, output_bc.length / width)
                .allMatch(row -> ClassProbabilities.areProbabilities(output_bc, row, width));
        if (kind == OutputKind.LOGITS && allAre) {
            throw ActivationError.INTERVENTION_INVALID.at(
                    "kind",
                    "is LOGITS, but the output is made of probabilities, as a model has it that ends in a softmax:"
                            + " none is negative, and they add up to 1; set it to PROBABILITIES");
        }
        if (kind == OutputKind.PROBABILITIES && !allAre) {
            throw ActivationError.INTERVENTION_INVALID.at(
                    "kind", "is PROBABILITIES, but the output is negative or does not add up to 1; set it to LOGITS");
        }
    }

    private Outcome classes(Example example, int row, Map<Put, float[]> outputs, int width) {
        Map<Put, ClassProbabilities> all = new EnumMap<>(Put.class);
        outputs.forEach((put, output) -> all.put(
                put,
                kind == OutputKind.LOGITS
                        ? ClassProbabilities.ofLogits(output, row, width)
                        : ClassProbabilities.ofProbabilities(output, row, width)));
        ClassProbabilities original = get(all, Put.ORIGINAL);
        ClassProbabilities replaced = get(all, Put.REPLACEMENT);
        int target = indices.getOrDefault(example.label(), -1);
        Map<Put, Effect> effects = new EnumMap<>(Put.class);
        all.forEach((put, p) -> effects.put(
                put, new Effect(target < 0 ? 0 : p.crossEntropy(target), p.best(), original.divergence(p), 0, 0)));
        for (int c = 0; c < width; c++) {
            before_c[c] += original.probability(c);
            after_c[c] += replaced.probability(c);
        }
        var shown = new InterventionExample(
                example.index(),
                example.label(),
                top(original),
                top(replaced),
                original.divergence(replaced),
                null,
                null);
        return new Outcome(shown, target, effects, masses(original), masses(replaced));
    }

    private static Outcome embedding(Example example, int row, Map<Put, float[]> outputs, int width) {
        float[] original = get(outputs, Put.ORIGINAL);
        Map<Put, Effect> effects = new EnumMap<>(Put.class);
        outputs.forEach((put, output) -> effects.put(
                put,
                new Effect(
                        0,
                        -1,
                        0,
                        Embeddings.cosine(original, output, row, width),
                        Embeddings.meanSquaredError(original, output, row, width))));
        Effect replaced = get(effects, Put.REPLACEMENT);
        var shown = new InterventionExample(
                example.index(), example.label(), List.of(), List.of(), null, replaced.cosine(), replaced.mse());
        return new Outcome(shown, -1, effects, List.of(), List.of());
    }

    private List<ClassProbability> top(ClassProbabilities probabilities) {
        return probabilities.top(SHOWN).stream()
                .map(c -> new ClassProbability(c, labels == null ? null : labels.get(c), probabilities.probability(c)))
                .toList();
    }

    private List<Double> masses(ClassProbabilities probabilities) {
        return groups.stream()
                .map(group -> Arrays.stream(group)
                        .mapToDouble(probabilities::probability)
                        .sum())
                .toList();
    }

    private static <T> T get(Map<Put, T> by, Put put) {
        return Objects.requireNonNull(by.get(put));
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }
}

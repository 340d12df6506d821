package io.taxoscope.vision.run;

import io.taxoscope.vision.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a model on the images of a reference and finds, for each tensor of the reference, the tap that holds the same. */
public final class Verification {
    /** What one run hands over may not exceed this many numbers: attention maps of a large model are large. */
    private static final long MOST_FLOATS = 1L << 27;

    private final ModelDescription description;
    private final float[] pixels_bchw;
    private final long[] shape;

    /**
     * @param pixels_bchw preprocessed images
     * @param shape their number, 3, height and width
     */
    public Verification(ModelDescription description, float[] pixels_bchw, long[] shape) {
        this.description = description;
        this.pixels_bchw = pixels_bchw;
        this.shape = shape.clone();
    }

    /**
     * A tensor of the reference and the tap that it was compared with: the one of its own name, else the nearest of those that it
     * fits.
     *
     * @param tap absent when it fits none
     * @param nearest the tap with the smallest difference, which is another one when a tap's name was given to the wrong tensor
     */
    public record Agreement(
            ReferenceTensor reference,
            @Nullable Tap tap,
            @Nullable Difference difference,
            @Nullable Tap nearest) {}

    /** Compares each tensor of the reference with every tap that it fits. */
    public List<Agreement> of(OnnxModel model, List<ReferenceTensor> references, int threads) {
        List<Tap> taps = description.taps().stream()
                .filter(tap -> references.stream().anyMatch(reference -> reference.fits(tap)))
                .toList();
        Map<ReferenceTensor, Map<Tap, Difference>> differences = new HashMap<>();
        if (!taps.isEmpty()) {
            run(model, references, taps, differences, threads);
        }
        return references.stream()
                .map(reference -> agreement(reference, differences.getOrDefault(reference, Map.of())))
                .toList();
    }

    private void run(
            OnnxModel model,
            List<ReferenceTensor> references,
            List<Tap> taps,
            Map<ReferenceTensor, Map<Tap, Difference>> differences,
            int threads) {
        Set<String> tensors = new LinkedHashSet<>();
        taps.forEach(tap -> tensors.add(tap.tensor()));
        long perImage = taps.stream()
                .mapToLong(tap -> (long) tap.nTokens() * tap.width())
                .sum();
        int imageSize = Math.toIntExact(shape[1] * shape[2] * shape[3]);
        int step = description.fixedBatch() != 0
                ? description.fixedBatch()
                : Math.toIntExact(Math.clamp(MOST_FLOATS / perImage, 1, shape[0]));
        try (GraphRun run = new GraphRun(model.withOutputs(tensors), description.inputName(), tensors, threads)) {
            for (int first = 0; first < shape[0]; first += step) {
                int from = first;
                int n = (int) Math.min(step, shape[0] - first);
                FloatBuffer batch = FloatBuffer.allocate(step * imageSize)
                        .put(pixels_bchw, first * imageSize, n * imageSize)
                        .rewind();
                run.run(
                        batch,
                        new long[] {step, shape[1], shape[2], shape[3]},
                        (tensor, outShape, values) -> taps.stream()
                                .filter(tap -> tap.tensor().equals(tensor))
                                .forEach(tap -> compare(tap, values, from, n, references, differences)));
            }
        }
    }

    private static void compare(
            Tap tap,
            float[] values,
            int first,
            int n,
            List<ReferenceTensor> references,
            Map<ReferenceTensor, Map<Tap, Difference>> differences) {
        for (ReferenceTensor reference : references) {
            if (reference.fits(tap)) {
                Difference difference = differences
                        .computeIfAbsent(reference, x -> new HashMap<>())
                        .computeIfAbsent(tap, x -> new Difference());
                reference.compare(tap, values, first, n, difference);
            }
        }
    }

    private Agreement agreement(ReferenceTensor reference, Map<Tap, Difference> differences) {
        List<Map.Entry<Tap, Difference>> candidates = new ArrayList<>(differences.entrySet());
        // Of equals the residual stream itself, then the earlier tap: two taps may be one tensor.
        candidates.sort(Comparator.comparingDouble((Map.Entry<Tap, Difference> candidate) ->
                        candidate.getValue().largest())
                .thenComparing(candidate -> !description.isDefault(candidate.getKey()))
                .thenComparingInt(candidate -> description.taps().indexOf(candidate.getKey())));
        if (candidates.isEmpty()) {
            return new Agreement(reference, null, null, null);
        }
        Map.Entry<Tap, Difference> nearest = candidates.getFirst();
        Map.Entry<Tap, Difference> own = candidates.stream()
                .filter(candidate -> candidate.getKey().name().equals(reference.name()))
                .findFirst()
                .orElse(nearest);
        return new Agreement(reference, own.getKey(), own.getValue(), nearest.getKey());
    }
}

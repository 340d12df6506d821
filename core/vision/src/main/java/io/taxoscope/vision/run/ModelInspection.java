package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.FoundTap;
import io.taxoscope.vision.onnx.FoundTaps;
import io.taxoscope.vision.onnx.ImageInput;
import io.taxoscope.vision.onnx.ModelKind;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.TapFinder;
import io.taxoscope.vision.onnx.TokenConcat;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a model's taps and learns their shapes by running it once on noise. */
public final class ModelInspection {
    private static final int PROBE_BATCH = 2;
    private static final List<Token> MEAN_ONLY = List.of(Token.PATCH_MEAN);

    private final OnnxModel model;
    private final ImageInput input;
    private final FoundTaps found;
    private final int batch;
    private final Map<String, long[]> shapes = new HashMap<>();

    private ModelInspection(OnnxModel model, @Nullable List<String> namedTensors) {
        this.model = model;
        this.input = model.imageInput();
        TapFinder finder = new TapFinder(model, input.name());
        this.found = namedTensors == null ? finder.find() : finder.named(namedTensors);
        this.batch = input.batch() == 0 ? PROBE_BATCH : input.batch();
    }

    /** @param namedTensors tensors to tap instead of those that the tap finder finds */
    public static ModelDescription inspect(
            OnnxModel model, int height, int width, @Nullable List<String> namedTensors) {
        ModelInspection inspection = new ModelInspection(model, namedTensors);
        inspection.input.requireSize(height, width);
        inspection.probe(height, width);
        List<Tap> taps =
                inspection.found.taps().stream().map(inspection::describe).toList();
        return new ModelDescription(inspection.found.kind(), inspection.input.name(), inspection.input.batch(), taps);
    }

    private void probe(int height, int width) {
        Set<String> tensors = new LinkedHashSet<>();
        found.taps().forEach(tap -> tensors.add(tap.tensor()));
        TokenConcat concat = found.concat();
        if (concat != null) {
            tensors.add(concat.patches());
            concat.leading().stream()
                    .filter(tensor -> model.weightShape(tensor) == null)
                    .forEach(tensors::add);
        }
        float[] noise = new float[batch * 3 * height * width];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        int threads = Runtime.getRuntime().availableProcessors();
        try (GraphRun run = new GraphRun(model.withOutputs(tensors), input.name(), tensors, threads)) {
            run.run(
                    FloatBuffer.wrap(noise),
                    new long[] {batch, 3, height, width},
                    (tensor, shape, values) -> shapes.put(tensor, shape));
        }
    }

    private Tap describe(FoundTap tap) {
        long[] shape = shapeOf(tap.tensor());
        if (shape.length < 2 || shape.length > 4 || shape[0] != batch) {
            throw unusable(tap, "expected [batch, token, width], [batch, channel, height, width] or [batch, width]");
        }
        return switch (shape.length) {
            case 2 -> new Tap(tap.name(), tap.tensor(), tap.depth(), (int) shape[1], Layout.BD, MEAN_ONLY, 1, 0, 1);
            case 3 -> tokens(tap, (int) shape[1], (int) shape[2]);
            default -> featureMap(tap, (int) shape[1], (int) (shape[2] * shape[3]));
        };
    }

    private Tap featureMap(FoundTap tap, int width, int nPositions) {
        if (found.kind() == ModelKind.TRANSFORMER) {
            throw unusable(tap, "a transformer with windows or channels last is not supported yet");
        }
        return new Tap(tap.name(), tap.tensor(), tap.depth(), width, Layout.BCHW, MEAN_ONLY, nPositions, 0, nPositions);
    }

    private Tap tokens(FoundTap tap, int nTokens, int width) {
        TokenConcat concat = found.concat();
        int nPatches = concat == null ? nTokens : (int) shapeOf(concat.patches())[1];
        if (concat == null || nTokens <= nPatches) {
            return new Tap(tap.name(), tap.tensor(), tap.depth(), width, Layout.BTD, MEAN_ONLY, nTokens, 0, nTokens);
        }
        // A single learned token in front is a class token; several in one tensor are registers.
        boolean hasClassToken = length(concat.leading().getFirst()) == 1;
        List<Token> tokens = hasClassToken ? List.of(Token.CLS, Token.PATCH_MEAN) : MEAN_ONLY;
        int firstPatch = nTokens - nPatches;
        return new Tap(tap.name(), tap.tensor(), tap.depth(), width, Layout.BTD, tokens, nTokens, firstPatch, nPatches);
    }

    /** Number of tokens in a tensor of learned tokens, whose last two axes are token and width. */
    private long length(String tensor) {
        List<Long> weight = model.weightShape(tensor);
        if (weight != null) {
            return weight.size() < 2 ? 1 : weight.get(weight.size() - 2);
        }
        long[] shape = shapeOf(tensor);
        return shape.length < 2 ? 1 : shape[shape.length - 2];
    }

    private long[] shapeOf(String tensor) {
        return Objects.requireNonNull(shapes.get(tensor), tensor);
    }

    private TaxoscopeException unusable(FoundTap tap, String why) {
        return new TaxoscopeException(
                VisionError.MODEL_NOT_RUNNABLE,
                "the tap %s ('%s') has the shape %s for a batch of %d: %s"
                        .formatted(tap.name(), tap.tensor(), Arrays.toString(shapeOf(tap.tensor())), batch, why));
    }
}

package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ChannelAxis;
import io.taxoscope.vision.onnx.FoundTap;
import io.taxoscope.vision.onnx.FoundTap.Role;
import io.taxoscope.vision.onnx.FoundTaps;
import io.taxoscope.vision.onnx.ImageInput;
import io.taxoscope.vision.onnx.ModelKind;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.TapFinder;
import io.taxoscope.vision.onnx.TokenConcat;
import io.taxoscope.vision.run.Tap.Grid;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds a model's taps and learns their shapes by running it once on noise. */
public final class ModelInspection {
    private static final int PROBE_BATCH = 2;
    private static final List<Token> MEAN_ONLY = List.of(Token.PATCH_MEAN);

    private final OnnxModel model;
    private final TapFinder finder;
    private final FoundTaps found;
    private final int batch;
    private final Map<String, long[]> shapes;
    private final Grid grid;

    private ModelInspection(
            OnnxModel model, ImageInput input, int height, int width, @Nullable List<String> namedTensors) {
        this.model = model;
        this.finder = new TapFinder(model, input.name());
        this.found = namedTensors == null ? finder.find() : finder.named(namedTensors);
        this.batch = input.batch() == 0 ? PROBE_BATCH : input.batch();
        String patches = found.patchMap();
        this.shapes = ShapeProbe.shapes(model, input.name(), tensors(patches), new long[] {batch, 3, height, width});
        long[] map = patches == null ? new long[0] : shapeOf(patches);
        this.grid = map.length == 4 ? new Grid((int) map[2], (int) map[3]) : Grid.UNKNOWN;
    }

    /** @param namedTensors tensors to tap instead of those that the tap finder finds */
    public static ModelDescription inspect(
            OnnxModel model, int height, int width, @Nullable List<String> namedTensors) {
        ImageInput input = model.imageInput();
        input.requireSize(height, width);
        ModelInspection inspection = new ModelInspection(model, input, height, width, namedTensors);
        List<Tap> taps = inspection.found.taps().stream()
                .filter(inspection::isOffered)
                .map(inspection::describe)
                .toList();
        return new ModelDescription(inspection.found.kind(), input.name(), input.batch(), taps);
    }

    private Set<String> tensors(@Nullable String patches) {
        Set<String> tensors = new LinkedHashSet<>();
        found.taps().forEach(tap -> tensors.add(tap.tensor()));
        TokenConcat concat = found.concat();
        if (concat != null) {
            tensors.add(concat.patches());
            Stream.concat(concat.leading().stream(), concat.trailing().stream())
                    .filter(tensor -> model.weightShape(tensor) == null)
                    .forEach(tensors::add);
        }
        if (patches != null) {
            tensors.add(patches);
        }
        return tensors;
    }

    /** A tap beside the stream is no reason to refuse a model. */
    private boolean isOffered(FoundTap tap) {
        return tap.role() == Role.STREAM
                || (isReadable(tap) && (tap.role() != Role.ATTENTION || shapeOf(tap.tensor()).length == 4));
    }

    private boolean isReadable(FoundTap tap) {
        long[] shape = shapeOf(tap.tensor());
        return shape.length >= 2 && shape.length <= 4 && shape[0] == batch;
    }

    private Tap describe(FoundTap tap) {
        if (!isReadable(tap)) {
            throw unusable(tap);
        }
        long[] shape = shapeOf(tap.tensor());
        int second = (int) shape[1];
        if (shape.length == 2) {
            return tap(tap, second, Layout.BD, MEAN_ONLY, 1, 0, 1, Grid.UNKNOWN, 0);
        }
        if (shape.length == 3) {
            return tokens(tap, Layout.BTD, second, (int) shape[2], 0);
        }
        return tap.role() == Role.ATTENTION
                ? tokens(tap, Layout.BHQK, (int) shape[2], (int) (shape[1] * shape[3]), second)
                : featureMap(tap, shape);
    }

    private Tap featureMap(FoundTap tap, long[] shape) {
        ChannelAxis channels = finder.channelAxis(tap.tensor());
        boolean isLast = channels == ChannelAxis.LAST
                || (channels == ChannelAxis.UNKNOWN && found.kind() == ModelKind.TRANSFORMER);
        Grid map = isLast ? new Grid((int) shape[1], (int) shape[2]) : new Grid((int) shape[2], (int) shape[3]);
        int nPositions = map.height() * map.width();
        int width = (int) (isLast ? shape[3] : shape[1]);
        return tap(tap, width, isLast ? Layout.BHWC : Layout.BCHW, MEAN_ONLY, nPositions, 0, nPositions, map, 0);
    }

    private Tap tokens(FoundTap tap, Layout layout, int nTokens, int width, int heads) {
        TokenConcat concat = found.concat();
        int nPatches = concat == null ? nTokens : (int) shapeOf(concat.patches())[1];
        if (concat == null || nTokens <= nPatches) {
            return tap(tap, width, layout, MEAN_ONLY, nTokens, 0, nTokens, grid.with(nTokens), heads);
        }
        // A single learned token in front is a class token; several in one tensor are registers.
        boolean hasClassToken =
                !concat.leading().isEmpty() && length(concat.leading().getFirst()) == 1;
        long behind = concat.trailing().stream().mapToLong(this::length).sum();
        int firstPatch = Math.toIntExact(nTokens - nPatches - behind);
        return tap(
                tap,
                width,
                layout,
                hasClassToken ? List.of(Token.CLS, Token.PATCH_MEAN) : MEAN_ONLY,
                nTokens,
                firstPatch,
                nPatches,
                grid.with(nPatches),
                heads);
    }

    private static Tap tap(
            FoundTap tap,
            int width,
            Layout layout,
            List<Token> tokens,
            int nTokens,
            int firstPatch,
            int nPatches,
            Grid grid,
            int heads) {
        return new Tap(
                tap.name(),
                tap.tensor(),
                tap.depth(),
                width,
                layout,
                tokens,
                nTokens,
                firstPatch,
                nPatches,
                grid,
                heads);
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

    private TaxoscopeException unusable(FoundTap tap) {
        return new TaxoscopeException(
                VisionError.MODEL_NOT_RUNNABLE,
                ("the tap %s ('%s') has the shape %s for a batch of %d: expected [batch, token, width], [batch, channel, height, "
                                + "width], [batch, height, width, channel] or [batch, width]; name other tensors in 'taps'")
                        .formatted(tap.name(), tap.tensor(), Arrays.toString(shapeOf(tap.tensor())), batch));
    }
}

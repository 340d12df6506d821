package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A loaded model that turns batches of preprocessed images into one vector for each selection, in one run for all. */
public final class VisionEncoder implements AutoCloseable {
    private final ModelDescription description;
    private final int height;
    private final int width;
    private final List<Selection> selections;
    private final GraphRun run;

    private VisionEncoder(
            ModelDescription description, int height, int width, List<Selection> selections, GraphRun run) {
        this.description = description;
        this.height = height;
        this.width = width;
        this.selections = List.copyOf(selections);
        this.run = run;
    }

    /** @param threads cores that ONNX Runtime may use inside one operator */
    public static VisionEncoder open(
            OnnxModel model,
            ModelDescription description,
            int height,
            int width,
            List<Selection> selections,
            int threads) {
        Set<String> tensors = new LinkedHashSet<>();
        selections.forEach(selection -> tensors.add(selection.tap().tensor()));
        GraphRun run = new GraphRun(model.withOutputs(tensors), description.inputName(), tensors, threads);
        return new VisionEncoder(description, height, width, selections, run);
    }

    /**
     * Encodes {@code n} images.
     *
     * @param pixels_bchw at least {@code n} images; left untouched
     * @param out_bd for each selection, in order, the array whose rows from {@code firstRow} on are written
     */
    public void encode(float[] pixels_bchw, int n, List<float[]> out_bd, int firstRow) {
        int imageSize = 3 * height * width;
        int fixed = description.fixedBatch();
        int step = fixed == 0 ? n : fixed;
        for (int done = 0; done < n; done += step) {
            int count = Math.min(step, n - done);
            FloatBuffer batch = FloatBuffer.wrap(pixels_bchw, done * imageSize, count * imageSize)
                    .slice();
            if (count < step) {
                // The graph takes only full batches: the rest stays black and its activations are dropped.
                batch = FloatBuffer.allocate(step * imageSize).put(batch).rewind();
            }
            encodeRun(batch, step, count, out_bd, firstRow + done);
        }
    }

    private void encodeRun(FloatBuffer batch, int size, int count, List<float[]> out_bd, int firstRow) {
        List<String> seen = new ArrayList<>();
        run.run(batch, new long[] {size, 3, height, width}, (tensor, shape, values) -> {
            seen.add(tensor);
            for (int s = 0; s < selections.size(); s++) {
                Selection selection = selections.get(s);
                if (selection.tap().tensor().equals(tensor)) {
                    requireShape(selection.tap(), size, values);
                    selection.select(values, count, out_bd.get(s), firstRow);
                    requireFinite(selection, out_bd.get(s), firstRow, count);
                }
            }
        });
        assert seen.size()
                == selections.stream().map(s -> s.tap().tensor()).distinct().count();
    }

    private static void requireShape(Tap tap, int size, float[] values) {
        if (values.length != size * tap.nTokens() * tap.width()) {
            throw new TaxoscopeException(
                    VisionError.MODEL_NOT_RUNNABLE,
                    "the tap %s gave %d values for %d images instead of %d times %d each"
                            .formatted(tap.name(), values.length, size, tap.nTokens(), tap.width()));
        }
    }

    private static void requireFinite(Selection selection, float[] out_bd, int firstRow, int count) {
        int d = selection.tap().width();
        for (int i = firstRow * d; i < (firstRow + count) * d; i++) {
            if (!Float.isFinite(out_bd[i])) {
                throw new TaxoscopeException(
                        VisionError.ACTIVATIONS_NOT_FINITE,
                        "the tap %s gave %s in row %d, element %d; check the preprocessing and the model"
                                .formatted(selection.tap().name(), out_bd[i], i / d, i % d));
            }
        }
    }

    @Override
    public void close() {
        run.close();
    }
}

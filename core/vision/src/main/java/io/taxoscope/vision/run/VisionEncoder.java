package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.Readout;
import java.nio.FloatBuffer;
import java.util.List;

/** A loaded model that turns batches of preprocessed images into one vector for each selection, in one run for all. */
public final class VisionEncoder implements AutoCloseable {
    private final ModelDescription description;
    private final int height;
    private final int width;
    private final List<Selection> selections;
    private final List<String> outputs;
    private final GraphRun run;

    private VisionEncoder(
            ModelDescription description,
            int height,
            int width,
            List<Selection> selections,
            List<String> outputs,
            GraphRun run) {
        this.description = description;
        this.height = height;
        this.width = width;
        this.selections = List.copyOf(selections);
        this.outputs = outputs;
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
        Readout readout = new Readout(model);
        selections.forEach(selection -> selection.addTo(readout));
        GraphRun run = new GraphRun(readout.model(), description.inputName(), readout.outputs(), threads);
        return new VisionEncoder(description, height, width, selections, readout.outputs(), run);
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
                // The graph takes only full batches: the rest stays zero and its activations are dropped.
                batch = FloatBuffer.allocate(step * imageSize).put(batch).rewind();
            }
            encodeRun(batch, step, count, out_bd, firstRow + done);
        }
    }

    private void encodeRun(FloatBuffer batch, int size, int count, List<float[]> out_bd, int firstRow) {
        run.run(batch, new long[] {size, 3, height, width}, (output, shape, values) -> {
            int s = outputs.indexOf(output);
            int d = selections.get(s).tap().width();
            if (values.length != size * d) {
                throw new TaxoscopeException(
                        VisionError.MODEL_NOT_RUNNABLE,
                        "the tap %s gave %d values for %d images of width %d"
                                .formatted(selections.get(s).tap().name(), values.length, size, d));
            }
            System.arraycopy(values, 0, out_bd.get(s), firstRow * d, count * d);
            requireFinite(selections.get(s), out_bd.get(s), firstRow, count);
        });
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

package io.taxoscope.vision.run;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.Readout;
import java.nio.FloatBuffer;
import java.util.List;

/** A loaded model that turns batches of preprocessed images into the vectors of each selection, in one run for all. */
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
     * @param out_bd for each selection, in order, the array whose rows from {@code firstRow} times
     *     {@link Selection#tokensPerExample} on are written
     * @param firstRow place of the first image in those arrays
     * @param firstExample index of the first image, which a random sample of patches depends on; the others follow it
     */
    public void encode(float[] pixels_bchw, int n, List<float[]> out_bd, int firstRow, int firstExample) {
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
            encodeRun(batch, step, count, out_bd, firstRow + done, firstExample + done);
        }
    }

    private void encodeRun(
            FloatBuffer batch, int size, int count, List<float[]> out_bd, int firstRow, int firstExample) {
        run.run(batch, new long[] {size, 3, height, width}, (output, shape, values) -> {
            int s = outputs.indexOf(output);
            Selection selection = selections.get(s);
            int d = selection.tap().width();
            int read = selection.vectorsRead() * d;
            if (values.length != size * read) {
                throw new TaxoscopeException(
                        VisionError.MODEL_NOT_RUNNABLE,
                        "the tap %s gave %d values for %d images of %d vectors of width %d"
                                .formatted(selection.tap().name(), values.length, size, selection.vectorsRead(), d));
            }
            int kept = selection.tokensPerExample() * d;
            if (selection.isPicked()) {
                for (int i = 0; i < count; i++) {
                    pick(selection, firstExample + i, values, i * read, out_bd.get(s), (firstRow + i) * kept);
                }
            } else {
                System.arraycopy(values, 0, out_bd.get(s), firstRow * kept, count * kept);
            }
            requireFinite(selection, out_bd.get(s), firstRow * kept, count * kept);
        });
    }

    /** Copies an image's sample out of all its patches. */
    private static void pick(Selection selection, int example, float[] patches, int from, float[] out, int to) {
        int d = selection.tap().width();
        int[] tokens = selection.tokens(example);
        for (int i = 0; i < tokens.length; i++) {
            System.arraycopy(patches, from + (tokens[i] - selection.tap().firstPatch()) * d, out, to + i * d, d);
        }
    }

    private static void requireFinite(Selection selection, float[] out_bd, int first, int n) {
        int d = selection.tap().width();
        for (int i = first; i < first + n; i++) {
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

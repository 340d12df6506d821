package io.taxoscope.vision.splice;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.Cut;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.ModelDescription;
import io.taxoscope.vision.run.OnnxRuntimeEnvironment;
import io.taxoscope.vision.run.Selection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that can be run with other vectors in a tap's place (activation patching, Vig et al. 2020, arXiv 2004.12265): once
 * whole, which gives the tap's tensor and the true output, and then from the tap on, as often as there are replacements.
 */
public final class SplicedModel implements AutoCloseable {
    private static final int FLOAT = 1;

    private final ModelDescription description;
    private final int height;
    private final int width;
    private final Selection selection;
    private final String output;
    private final List<String> aside;
    private final OrtSession whole;
    private final OrtSession rest;

    private SplicedModel(
            ModelDescription description,
            int height,
            int width,
            Selection selection,
            String output,
            List<String> aside,
            OrtSession whole,
            OrtSession rest) {
        this.description = description;
        this.height = height;
        this.width = width;
        this.selection = selection;
        this.output = output;
        this.aside = aside;
        this.whole = whole;
        this.rest = rest;
    }

    /**
     * @param selection which vector is replaced
     * @param output the output to look at; null for the only one
     * @param threads cores that ONNX Runtime may use inside one operator
     * @throws TaxoscopeException {@code NOT_SPLICEABLE} when there is no such output, or it does not depend on the tap
     */
    public static SplicedModel open(
            OnnxModel model,
            ModelDescription description,
            int height,
            int width,
            Selection selection,
            @Nullable String output,
            int threads) {
        if (!selection.token().isOne()) {
            throw new TaxoscopeException(
                    VisionError.NOT_SPLICEABLE,
                    selection.token() + " is several vectors of each image; one is replaced, CLS or PATCH_MEAN");
        }
        String chosen = output(model, output);
        String tensor = selection.tap().tensor();
        Cut cut = Cut.of(model, tensor, chosen);
        List<String> wanted = new ArrayList<>(cut.aside());
        wanted.add(tensor);
        OrtSession whole = OnnxRuntimeEnvironment.load(model.withOutputs(wanted), threads);
        try {
            OrtSession rest = OnnxRuntimeEnvironment.load(cut.rest(elementTypes(whole, tensor)), threads);
            return new SplicedModel(description, height, width, selection, chosen, cut.aside(), whole, rest);
        } catch (OrtException | RuntimeException failure) {
            close(whole);
            throw failure instanceof OrtException refusal
                    ? OnnxRuntimeEnvironment.refused("cannot look at the model", refusal)
                    : (RuntimeException) failure;
        }
    }

    /**
     * The output that an intervention looks at.
     *
     * @throws TaxoscopeException {@code NOT_SPLICEABLE} when the name is wrong, or missing where there are several
     */
    public static String output(OnnxModel model, @Nullable String named) {
        List<String> outputs = model.outputs();
        if (named == null ? outputs.size() != 1 : !outputs.contains(named)) {
            throw new TaxoscopeException(
                    VisionError.NOT_SPLICEABLE,
                    named == null
                            ? "the model has the outputs %s; name one".formatted(outputs)
                            : "the model has no output '%s'; it has %s".formatted(named, outputs));
        }
        return named == null ? outputs.getFirst() : named;
    }

    private static Map<String, Integer> elementTypes(OrtSession whole, String tensor) throws OrtException {
        Map<String, Integer> types = new HashMap<>();
        for (NodeInfo node : whole.getOutputInfo().values()) {
            if (node.getInfo() instanceof TensorInfo info) {
                types.put(node.getName(), elementType(info));
            }
        }
        if (!Integer.valueOf(FLOAT).equals(types.get(tensor))) {
            throw new TaxoscopeException(
                    VisionError.NOT_SPLICEABLE,
                    "the tensor '%s' does not hold float32 numbers; only those can be replaced".formatted(tensor));
        }
        return types;
    }

    /** ONNX's own number (TensorProto.DataType), which ONNX Runtime's Java does not tell. */
    private static int elementType(TensorInfo info) {
        return switch (info.type) {
            case FLOAT -> FLOAT;
            case UINT8 -> 2;
            case INT8 -> 3;
            case INT16 -> 5;
            case INT32 -> 6;
            case INT64 -> 7;
            case STRING -> 8;
            case BOOL -> 9;
            case FLOAT16 -> 10;
            case DOUBLE -> 11;
            case BFLOAT16 -> 16;
            case UNKNOWN ->
                throw new TaxoscopeException(
                        VisionError.NOT_SPLICEABLE,
                        "a tensor beside the tap has the element type %s".formatted(info.onnxType));
        };
    }

    /** Most images of one pass: the graph's own batch size, or what is asked for when it takes any. */
    public int batchSize(int wanted) {
        return description.fixedBatch() == 0 ? wanted : description.fixedBatch();
    }

    /** Runs the unchanged model on {@code n} images, at most a {@linkplain #batchSize batch}. */
    public Pass run(float[] pixels_bchw, int n) {
        int images = batchSize(n);
        float[] pixels = java.util.Arrays.copyOf(pixels_bchw, images * 3 * height * width);
        try {
            OnnxTensor image = tensor(pixels, new long[] {images, 3, height, width});
            try (image) {
                return new Pass(n, images, whole.run(Map.of(description.inputName(), image)));
            }
        } catch (OrtException failure) {
            throw OnnxRuntimeEnvironment.refused("cannot run the model", failure);
        }
    }

    private static OnnxTensor tensor(float[] values, long[] shape) throws OrtException {
        return OnnxTensor.createTensor(OnnxRuntimeEnvironment.get(), java.nio.FloatBuffer.wrap(values), shape);
    }

    @Override
    public void close() {
        close(whole);
        close(rest);
    }

    private static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException failure) {
            throw OnnxRuntimeEnvironment.refused("cannot close the session", failure);
        }
    }

    /** One batch: what the unchanged model computed, and what the rest of it makes of other vectors. */
    public final class Pass implements AutoCloseable {
        private final int n;
        private final OrtSession.Result result;
        private final long[] shape;
        private final TapTensor tapped;
        private final float[] output_bc;

        private Pass(int n, int images, OrtSession.Result result) throws OrtException {
            this.n = n;
            this.result = result;
            OnnxTensor tap = get(selection.tap().tensor());
            this.shape = tap.getInfo().getShape();
            this.tapped = new TapTensor(selection, images, floats(tap));
            this.output_bc = outputs(get(output));
        }

        /** The vectors that can be replaced, [n, width]. */
        public float[] vectors_bd() {
            return java.util.Arrays.copyOf(
                    tapped.vectors_bd(), n * selection.tap().width());
        }

        /** What the unchanged model puts out, [n, output width], further axes flattened. */
        public float[] output_bc() {
            return output_bc;
        }

        /** What the model puts out with these vectors, [n, width], in the tap's place. */
        public float[] outputWith(float[] replacement_bd) {
            float[] padded = java.util.Arrays.copyOf(replacement_bd, tapped.vectors_bd().length);
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (String name : aside) {
                inputs.put(name, get(name));
            }
            try (OnnxTensor spliced = tensor(tapped.with(padded), shape)) {
                inputs.put(selection.tap().tensor(), spliced);
                try (OrtSession.Result after = rest.run(inputs)) {
                    return outputs((OnnxTensor) after.get(output).orElseThrow());
                }
            } catch (OrtException failure) {
                throw OnnxRuntimeEnvironment.refused("cannot run the model from the tap on", failure);
            }
        }

        private OnnxTensor get(String name) {
            return (OnnxTensor) result.get(name).orElseThrow();
        }

        /** Rows of padding dropped. */
        private float[] outputs(OnnxTensor tensor) {
            float[] all = floats(tensor);
            int images = (int) tensor.getInfo().getShape()[0];
            return java.util.Arrays.copyOf(all, all.length / images * n);
        }

        private float[] floats(OnnxTensor tensor) {
            var buffer = tensor.getFloatBuffer();
            if (buffer == null) {
                throw new TaxoscopeException(
                        VisionError.NOT_SPLICEABLE, "the model's output does not hold floating-point numbers");
            }
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }

        @Override
        public void close() {
            result.close();
        }
    }
}

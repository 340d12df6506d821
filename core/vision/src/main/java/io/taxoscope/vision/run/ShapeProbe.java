package io.taxoscope.vision.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.Readout;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Learns the shapes of tensors by running a model once on noise; of the tensors themselves one number leaves ONNX Runtime. */
final class ShapeProbe {
    private ShapeProbe() {}

    /** @throws TaxoscopeException {@code MODEL_NOT_RUNNABLE} when a tensor does not hold floating-point numbers */
    static Map<String, long[]> shapes(OnnxModel model, String input, Collection<String> tensors, long[] inputShape) {
        List<String> all = List.copyOf(new LinkedHashSet<>(tensors));
        Readout readout = new Readout(model);
        all.forEach(readout::shapeAndFirst);
        int threads = Runtime.getRuntime().availableProcessors();
        try (OrtSession session = OnnxRuntimeEnvironment.load(readout.model(), threads);
                OnnxTensor noise = OnnxTensor.createTensor(
                        OnnxRuntimeEnvironment.get(), FloatBuffer.wrap(noise(inputShape)), inputShape);
                OrtSession.Result result = session.run(Map.of(input, noise), new LinkedHashSet<>(readout.outputs()))) {
            Map<String, long[]> shapes = new HashMap<>();
            for (int i = 0; i < all.size(); i++) {
                requireFloats(all.get(i), (OnnxTensor) result.get(2 * i + 1));
                shapes.put(all.get(i), integers((OnnxTensor) result.get(2 * i)));
            }
            return shapes;
        } catch (OrtException failure) {
            throw OnnxRuntimeEnvironment.refused("cannot run the model", failure);
        }
    }

    private static float[] noise(long[] shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        float[] noise = new float[Math.toIntExact(length)];
        Random random = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    private static void requireFloats(String name, OnnxTensor first) {
        if (first.getFloatBuffer() == null) {
            throw new TaxoscopeException(
                    VisionError.MODEL_NOT_RUNNABLE, "the tensor '" + name + "' does not hold floating-point numbers");
        }
    }

    private static long[] integers(OnnxTensor tensor) {
        long[] values = new long[tensor.getLongBuffer().remaining()];
        tensor.getLongBuffer().get(values);
        return values;
    }
}

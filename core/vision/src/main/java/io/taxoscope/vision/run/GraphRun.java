package io.taxoscope.vision.run;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime behind one door: a session that computes chosen tensors for one input. */
final class GraphRun implements AutoCloseable {
    private final String input;
    private final Set<String> tensors;
    private final OrtSession session;

    GraphRun(ByteString model, String input, Collection<String> tensors, int threads) {
        this.input = input;
        this.tensors = new LinkedHashSet<>(tensors);
        this.session = OnnxRuntimeEnvironment.load(model, threads);
    }

    /** Receives one computed tensor. */
    interface Receiver {
        void accept(String tensor, long[] shape, float[] values);
    }

    void run(FloatBuffer values, long[] shape, Receiver receiver) {
        try (OnnxTensor image = OnnxTensor.createTensor(OnnxRuntimeEnvironment.get(), values, shape);
                OrtSession.Result result = session.run(Map.of(input, image), tensors)) {
            for (Map.Entry<String, OnnxValue> entry : result) {
                receive(entry.getKey(), entry.getValue(), receiver);
            }
        } catch (OrtException failure) {
            throw OnnxRuntimeEnvironment.refused("cannot run the model on " + Arrays.toString(shape), failure);
        }
    }

    private static void receive(String name, OnnxValue value, Receiver receiver) {
        FloatBuffer floats = value instanceof OnnxTensor tensor ? tensor.getFloatBuffer() : null;
        if (floats == null) {
            throw new TaxoscopeException(
                    VisionError.MODEL_NOT_RUNNABLE, "the tensor '" + name + "' does not hold floating-point numbers");
        }
        float[] copy = new float[floats.remaining()];
        floats.get(copy);
        receiver.accept(name, ((OnnxTensor) value).getInfo().getShape(), copy);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw OnnxRuntimeEnvironment.refused("cannot close the session", failure);
        }
    }
}

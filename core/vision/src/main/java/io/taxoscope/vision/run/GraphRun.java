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
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads sleep instead of spinning: images are decoded on the same cores meanwhile.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            session = OnnxRuntimeEnvironment.get().createSession(model.toByteArray(), options);
        } catch (OrtException failure) {
            throw refused("cannot load the model", failure);
        }
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
            throw refused("cannot run the model on " + Arrays.toString(shape), failure);
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

    private static TaxoscopeException refused(String what, OrtException failure) {
        return new TaxoscopeException(
                VisionError.MODEL_NOT_RUNNABLE, what + ": ONNX Runtime says " + failure.getMessage(), failure);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw refused("cannot close the session", failure);
        }
    }
}

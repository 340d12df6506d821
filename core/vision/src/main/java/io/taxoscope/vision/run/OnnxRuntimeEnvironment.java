package io.taxoscope.vision.run;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * ONNX Runtime's environment, made on a thread with a large stack. Making it, ONNX Runtime 1.29 matches the process's
 * command line with a recursive regular expression: from about 4,000 characters on, as a long class path has, that
 * overflows a usual stack and takes the JVM down without a word.
 */
public final class OnnxRuntimeEnvironment {
    /** About 260 bytes are used for each character; what is not used is never allocated. */
    private static final long STACK_BYTES = 512L << 20;

    private static final OrtEnvironment ENVIRONMENT = make();

    private OnnxRuntimeEnvironment() {}

    public static OrtEnvironment get() {
        return ENVIRONMENT;
    }

    /**
     * Loads a model.
     *
     * @param threads cores that ONNX Runtime may use inside one operator
     * @throws TaxoscopeException {@code MODEL_NOT_RUNNABLE} when ONNX Runtime refuses it
     */
    public static OrtSession load(ByteString model, int threads) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            // Idle threads sleep instead of spinning: images are decoded on the same cores meanwhile.
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return ENVIRONMENT.createSession(model.toByteArray(), options);
        } catch (OrtException failure) {
            throw refused("cannot load the model", failure);
        }
    }

    /** What ONNX Runtime says, as a failure of ours. */
    public static TaxoscopeException refused(String what, OrtException failure) {
        return new TaxoscopeException(
                VisionError.MODEL_NOT_RUNNABLE, what + ": ONNX Runtime says " + failure.getMessage(), failure);
    }

    private static OrtEnvironment make() {
        var making = new FutureTask<>(OrtEnvironment::getEnvironment);
        new Thread(null, making, "onnxruntime-environment", STACK_BYTES).start();
        try {
            return making.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime was loaded", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("ONNX Runtime does not load: " + failure.getCause(), failure);
        }
    }
}

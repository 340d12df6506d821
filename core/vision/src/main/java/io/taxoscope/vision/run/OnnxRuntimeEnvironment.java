package io.taxoscope.vision.run;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * ONNX Runtime's environment, made on a thread with a large stack. Making it, ONNX Runtime 1.29 matches the process's
 * command line with a recursive regular expression: from about 4,000 characters on, as a long class path has, that
 * overflows a usual stack and takes the JVM down without a word.
 */
final class OnnxRuntimeEnvironment {
    /** About 260 bytes are used for each character; what is not used is never allocated. */
    private static final long STACK_BYTES = 512L << 20;

    private static final OrtEnvironment ENVIRONMENT = make();

    private OnnxRuntimeEnvironment() {}

    static OrtEnvironment get() {
        return ENVIRONMENT;
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

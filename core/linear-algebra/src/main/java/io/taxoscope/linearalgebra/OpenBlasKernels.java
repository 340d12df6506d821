package io.taxoscope.linearalgebra;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * Chooses OpenBLAS's kernels before it is loaded. The OpenBLAS 0.3.19 that ND4J brings computes wrong eigenvectors from
 * about 160 rows on with its AVX-512 kernels (nearly parallel ones among them), and right ones with those for AVX2. It asks
 * the environment of the process, which Java can only read, so this calls the C library.
 */
@SuppressWarnings("restricted") // a call of native code, which the platform is started with leave for
final class OpenBlasKernels {
    private static final Logger LOG = System.getLogger(OpenBlasKernels.class.getName());
    private static final int KEEP_WHAT_IS_SET = 0;

    private OpenBlasKernels() {}

    static void avoidWrongOnes() {
        if (!System.getProperty("os.arch").equals("amd64")) {
            return;
        }
        Linker linker = Linker.nativeLinker();
        var setenv = linker.defaultLookup().find("setenv");
        if (setenv.isEmpty()) {
            return;
        }
        var call = linker.downcallHandle(
                setenv.get(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) call.invokeExact(
                    arena.allocateFrom("OPENBLAS_CORETYPE"), arena.allocateFrom("Haswell"), KEEP_WHAT_IS_SET);
            LOG.log(Level.DEBUG, "OPENBLAS_CORETYPE {0}", failed == 0 ? "is set" : "cannot be set");
        } catch (Throwable failure) {
            throw new IllegalStateException("setenv cannot be called", failure);
        }
    }
}

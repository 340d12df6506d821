package io.taxoscope.linearalgebra;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Loads native code when it is needed, and not before. */
final class Chosen {
    private static final Logger LOG = System.getLogger(LinearAlgebra.class.getName());

    static final LinearAlgebra ALGEBRA = choose();

    private Chosen() {}

    private static LinearAlgebra choose() {
        try {
            return Nd4jLinearAlgebra.load();
        } catch (LinkageError | RuntimeException missing) {
            LOG.log(
                    Level.WARNING,
                    "ND4J has no native code for this machine, so linear algebra runs in plain Java, correctly but"
                            + " slowly; build with -Dnd4j.platform for it",
                    missing);
            return new ReferenceLinearAlgebra();
        }
    }
}

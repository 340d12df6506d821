package io.taxoscope.linearalgebra;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * BLAS and LAPACK through ND4J, the only class that knows it. A row-major matrix is its transpose in column-major order,
 * which BLAS wants: nothing is transposed in memory, and results go to arrays that are made for them.
 */
final class Nd4jLinearAlgebra implements LinearAlgebra {
    private static final Logger LOG = System.getLogger(Nd4jLinearAlgebra.class.getName());

    private final String name;

    private Nd4jLinearAlgebra(String name) {
        this.name = name;
    }

    /** Loads the native code, and fails with what was thrown when there is none for this machine. */
    static Nd4jLinearAlgebra load() {
        OpenBlasKernels.avoidWrongOnes();
        Nd4j.createFromArray(1.0).close(); // whatever is missing shows with the first array, not with the backend
        return new Nd4jLinearAlgebra("nd4j-" + Nd4j.getBackend().getClass().getSimpleName());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void addGram(double[] x_nd, int n, int d, double[] gram_dd) {
        try (INDArray flat = Nd4j.createFromArray(x_nd.length == n * d ? x_nd : java.util.Arrays.copyOf(x_nd, n * d));
                INDArray gram = columnMajor(d, d)) {
            INDArray x_dn = flat.reshape('f', d, n);
            Nd4j.gemm(x_dn, x_dn, gram, false, true, 1, 0);
            double[] added = gram.data().asDouble();
            for (int i = 0; i < gram_dd.length; i++) {
                gram_dd[i] += added[i];
            }
        }
    }

    @Override
    public void multiplyTransposed(double[] a_nd, int n, double[] b_md, int m, int d, double[] out_nm) {
        try (INDArray a = Nd4j.createFromArray(a_nd);
                INDArray b = Nd4j.createFromArray(b_md);
                INDArray out = columnMajor(m, n)) {
            Nd4j.gemm(b.reshape('f', d, m), a.reshape('f', d, n), out, true, false, 1, 0);
            System.arraycopy(out.data().asDouble(), 0, out_nm, 0, n * m);
        }
    }

    @Override
    public SymmetricEigen eigen(double[] symmetric_dd, int d) {
        Finite.require(symmetric_dd);
        SymmetricEigen eigen = decomposed(symmetric_dd, d);
        if (EigenCheck.holds(this, symmetric_dd, d, eigen)) {
            return eigen;
        }
        LOG.log(
                Level.WARNING,
                "LAPACK gave wrong eigenvectors of a matrix of {0} rows, so they are computed again in plain Java, which takes"
                        + " long; leave OPENBLAS_CORETYPE unset, or set it to Haswell",
                d);
        return new ReferenceLinearAlgebra().eigen(symmetric_dd, d);
    }

    private static SymmetricEigen decomposed(double[] symmetric_dd, int d) {
        try (INDArray flat = Nd4j.createFromArray(symmetric_dd);
                INDArray vectors = columnMajor(d, d);
                INDArray values = Nd4j.createUninitialized(DataType.DOUBLE, d)) {
            vectors.assign(flat.reshape('f', d, d));
            Nd4j.getBlasWrapper().lapack().syev('V', 'U', vectors, values);
            return SymmetricEigen.of(values.data().asDouble(), vectors.data().asDouble());
        }
    }

    private static INDArray columnMajor(int rows, int columns) {
        return Nd4j.createUninitialized(DataType.DOUBLE, new long[] {rows, columns}, 'f');
    }
}

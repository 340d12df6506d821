package io.taxoscope.taxonomy.relations;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Inner products in float64. A sum has 32 running parts, added up in one order, and no multiplication is fused with an
 * addition, so the result is the same bit for bit on any machine, however wide its vectors are.
 */
final class Products {
    private static final int PARTS = 32;

    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Float> F =
            VectorSpecies.of(float.class, VectorShape.forBitSize(D.length() * Float.SIZE));
    private static final int W = D.length();

    private Products() {}

    /** {@code sum_j a_j x_(at + j)} for {@code j < length}. */
    static double dot(double[] a, float[] x, int at, int length) {
        int whole = length - length % PARTS;
        double sum = 0;
        for (int part = 0; part < PARTS; part += 4 * W) {
            var p = DoubleVector.zero(D);
            var q = DoubleVector.zero(D);
            var r = DoubleVector.zero(D);
            var s = DoubleVector.zero(D);
            for (int j = part; j < whole; j += PARTS) {
                p = p.add(doubles(x, at + j).mul(DoubleVector.fromArray(D, a, j)));
                q = q.add(doubles(x, at + j + W).mul(DoubleVector.fromArray(D, a, j + W)));
                r = r.add(doubles(x, at + j + 2 * W).mul(DoubleVector.fromArray(D, a, j + 2 * W)));
                s = s.add(doubles(x, at + j + 3 * W).mul(DoubleVector.fromArray(D, a, j + 3 * W)));
            }
            sum = addLanes(addLanes(addLanes(addLanes(sum, p), q), r), s);
        }
        for (int j = whole; j < length; j++) {
            sum += a[j] * x[at + j];
        }
        return sum;
    }

    /** {@code sum_j a_j b_j} for {@code j < length}. */
    static double dot(double[] a, double[] b, int length) {
        int whole = length - length % PARTS;
        double sum = 0;
        for (int part = 0; part < PARTS; part += 4 * W) {
            var p = DoubleVector.zero(D);
            var q = DoubleVector.zero(D);
            var r = DoubleVector.zero(D);
            var s = DoubleVector.zero(D);
            for (int j = part; j < whole; j += PARTS) {
                p = p.add(DoubleVector.fromArray(D, a, j).mul(DoubleVector.fromArray(D, b, j)));
                q = q.add(DoubleVector.fromArray(D, a, j + W).mul(DoubleVector.fromArray(D, b, j + W)));
                r = r.add(DoubleVector.fromArray(D, a, j + 2 * W).mul(DoubleVector.fromArray(D, b, j + 2 * W)));
                s = s.add(DoubleVector.fromArray(D, a, j + 3 * W).mul(DoubleVector.fromArray(D, b, j + 3 * W)));
            }
            sum = addLanes(addLanes(addLanes(addLanes(sum, p), q), r), s);
        }
        for (int j = whole; j < length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }

    /** {@code sum_j += factor x_(at + j)}. */
    static void add(double[] sum, double factor, float[] x, int at, int length) {
        int whole = D.loopBound(length);
        for (int j = 0; j < whole; j += W) {
            DoubleVector.fromArray(D, sum, j)
                    .add(doubles(x, at + j).mul(factor))
                    .intoArray(sum, j);
        }
        for (int j = whole; j < length; j++) {
            sum[j] += factor * x[at + j];
        }
    }

    /** {@code sum_j += factor a_j} for {@code j < length}. */
    static void add(double[] sum, double factor, double[] a, int length) {
        int whole = D.loopBound(length);
        for (int j = 0; j < whole; j += W) {
            DoubleVector.fromArray(D, sum, j)
                    .add(DoubleVector.fromArray(D, a, j).mul(factor))
                    .intoArray(sum, j);
        }
        for (int j = whole; j < length; j++) {
            sum[j] += factor * a[j];
        }
    }

    private static DoubleVector doubles(float[] x, int at) {
        return (DoubleVector) FloatVector.fromArray(F, x, at).convertShape(VectorOperators.F2D, D, 0);
    }

    /** In the order of the lanes: an order that does not depend on how many there are. */
    private static double addLanes(double sum, DoubleVector parts) {
        for (int lane = 0; lane < W; lane++) {
            sum += parts.lane(lane);
        }
        return sum;
    }
}

package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.COUNT;
import static io.taxoscope.sae.kernel.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/** Arithmetic on rows of flat arrays. Every length is a multiple of {@link Lanes#COUNT}; callers pad with zeros. */
final class Rows {
    private Rows() {}

    /** {@code out = x - y}. */
    static void subtract(float[] x, int xAt, float[] y, int yAt, float[] out, int outAt, int length) {
        for (int i = 0; i < length; i += COUNT) {
            FloatVector.fromArray(FLOATS, x, xAt + i)
                    .sub(FloatVector.fromArray(FLOATS, y, yAt + i))
                    .intoArray(out, outAt + i);
        }
    }

    /** {@code y += x}. */
    static void add(float[] x, int xAt, float[] y, int yAt, int length) {
        for (int i = 0; i < length; i += COUNT) {
            FloatVector.fromArray(FLOATS, y, yAt + i)
                    .add(FloatVector.fromArray(FLOATS, x, xAt + i))
                    .intoArray(y, yAt + i);
        }
    }

    /** {@code y += factor * x}. */
    static void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector f = FloatVector.broadcast(FLOATS, factor);
        for (int i = 0; i < length; i += COUNT) {
            FloatVector.fromArray(FLOATS, x, xAt + i)
                    .fma(f, FloatVector.fromArray(FLOATS, y, yAt + i))
                    .intoArray(y, yAt + i);
        }
    }

    /**
     * Adds {@code factors[from..to-1]} times the rows of {@code x} that {@code rows} names to {@code y}. Four rows go
     * in one pass, so that {@code y} is loaded and stored a quarter as often.
     */
    static void addWeighted(
            float[] factors, int[] rows, int from, int to, float[] x, int stride, float[] y, int yAt, int length) {
        int at = from;
        for (; at + 4 <= to; at += 4) {
            addFour(factors, rows, at, x, stride, y, yAt, length);
        }
        for (; at < to; at++) {
            addScaled(factors[at], x, rows[at] * stride, y, yAt, length);
        }
    }

    private static void addFour(
            float[] factors, int[] rows, int at, float[] x, int stride, float[] y, int yAt, int length) {
        FloatVector f0 = FloatVector.broadcast(FLOATS, factors[at]);
        FloatVector f1 = FloatVector.broadcast(FLOATS, factors[at + 1]);
        FloatVector f2 = FloatVector.broadcast(FLOATS, factors[at + 2]);
        FloatVector f3 = FloatVector.broadcast(FLOATS, factors[at + 3]);
        int r0 = rows[at] * stride;
        int r1 = rows[at + 1] * stride;
        int r2 = rows[at + 2] * stride;
        int r3 = rows[at + 3] * stride;
        for (int i = 0; i < length; i += COUNT) {
            FloatVector sum = FloatVector.fromArray(FLOATS, y, yAt + i);
            sum = FloatVector.fromArray(FLOATS, x, r0 + i).fma(f0, sum);
            sum = FloatVector.fromArray(FLOATS, x, r1 + i).fma(f1, sum);
            sum = FloatVector.fromArray(FLOATS, x, r2 + i).fma(f2, sum);
            sum = FloatVector.fromArray(FLOATS, x, r3 + i).fma(f3, sum);
            sum.intoArray(y, yAt + i);
        }
    }

    static float dot(float[] x, int xAt, float[] y, int yAt, int length) {
        FloatVector even = FloatVector.zero(FLOATS);
        FloatVector odd = even;
        int i = 0;
        for (; i + 2 * COUNT <= length; i += 2 * COUNT) {
            even = FloatVector.fromArray(FLOATS, x, xAt + i).fma(FloatVector.fromArray(FLOATS, y, yAt + i), even);
            odd = FloatVector.fromArray(FLOATS, x, xAt + i + COUNT)
                    .fma(FloatVector.fromArray(FLOATS, y, yAt + i + COUNT), odd);
        }
        if (i < length) {
            even = FloatVector.fromArray(FLOATS, x, xAt + i).fma(FloatVector.fromArray(FLOATS, y, yAt + i), even);
        }
        return Lanes.sum(even.add(odd));
    }

    static void scale(float factor, float[] x, int xAt, int length) {
        for (int i = 0; i < length; i += COUNT) {
            FloatVector.fromArray(FLOATS, x, xAt + i).mul(factor).intoArray(x, xAt + i);
        }
    }

    /** {@link Adam#update} for a row of weights and moments; {@code gradient} starts at 0. */
    static void adam(Adam adam, float[] weight, float[] first, float[] second, int at, float[] gradient, int length) {
        FloatVector rate = FloatVector.broadcast(FLOATS, -adam.rate());
        for (int i = 0; i < length; i += COUNT) {
            FloatVector g = FloatVector.fromArray(FLOATS, gradient, i);
            FloatVector m =
                    FloatVector.fromArray(FLOATS, first, at + i).mul(Adam.BETA1).add(g.mul(1 - Adam.BETA1));
            FloatVector v = FloatVector.fromArray(FLOATS, second, at + i)
                    .mul(Adam.BETA2)
                    .add(g.mul(g).mul(1 - Adam.BETA2));
            m.intoArray(first, at + i);
            v.intoArray(second, at + i);
            FloatVector root = v.mul(adam.secondCorrection()).sqrt().add(Adam.EPSILON);
            m.mul(rate)
                    .div(root)
                    .add(FloatVector.fromArray(FLOATS, weight, at + i).mul(adam.keep()))
                    .intoArray(weight, at + i);
        }
    }
}

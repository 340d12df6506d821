package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.COUNT;
import static io.taxoscope.sae.kernel.Lanes.FLOATS;
import static io.taxoscope.sae.kernel.Lanes.PANEL;

import jdk.incubator.vector.FloatVector;

/**
 * 12 examples times one panel of latents: 24 accumulators, two vectors of weights and one of input: 27 of the 32 registers that 512-bit vectors have.
 * Written out line by line, and longer than other methods, because the compiler keeps vectors in registers only when each
 * is a local variable and every call is inlined: a helper method for the stores went over its inlining budget and made
 * the tile five times slower.
 */
final class Tile12 {
    static final int ROWS = 12;

    private Tile12() {}

    /**
     * {@code out[r, c] = bias[c] + sum_i a[i, r] * panel[i, c]}.
     *
     * @param a packed inputs, {@code depth} times {@link #ROWS}
     * @param panel packed weights, {@code depth} times {@link Lanes#PANEL}
     */
    static void multiply(
            float[] a,
            int aAt,
            float[] panel,
            int panelAt,
            int depth,
            float[] bias,
            int biasAt,
            float[] out,
            int outAt,
            int outStride) {
        FloatVector bias0 = FloatVector.fromArray(FLOATS, bias, biasAt);
        FloatVector bias1 = FloatVector.fromArray(FLOATS, bias, biasAt + COUNT);
        FloatVector r0c0 = bias0;
        FloatVector r0c1 = bias1;
        FloatVector r1c0 = bias0;
        FloatVector r1c1 = bias1;
        FloatVector r2c0 = bias0;
        FloatVector r2c1 = bias1;
        FloatVector r3c0 = bias0;
        FloatVector r3c1 = bias1;
        FloatVector r4c0 = bias0;
        FloatVector r4c1 = bias1;
        FloatVector r5c0 = bias0;
        FloatVector r5c1 = bias1;
        FloatVector r6c0 = bias0;
        FloatVector r6c1 = bias1;
        FloatVector r7c0 = bias0;
        FloatVector r7c1 = bias1;
        FloatVector r8c0 = bias0;
        FloatVector r8c1 = bias1;
        FloatVector r9c0 = bias0;
        FloatVector r9c1 = bias1;
        FloatVector r10c0 = bias0;
        FloatVector r10c1 = bias1;
        FloatVector r11c0 = bias0;
        FloatVector r11c1 = bias1;
        int x = aAt;
        int w = panelAt;
        for (int i = 0; i < depth; i++, x += ROWS, w += PANEL) {
            FloatVector w0 = FloatVector.fromArray(FLOATS, panel, w);
            FloatVector w1 = FloatVector.fromArray(FLOATS, panel, w + COUNT);
            FloatVector x0 = FloatVector.broadcast(FLOATS, a[x]);
            r0c0 = x0.fma(w0, r0c0);
            r0c1 = x0.fma(w1, r0c1);
            FloatVector x1 = FloatVector.broadcast(FLOATS, a[x + 1]);
            r1c0 = x1.fma(w0, r1c0);
            r1c1 = x1.fma(w1, r1c1);
            FloatVector x2 = FloatVector.broadcast(FLOATS, a[x + 2]);
            r2c0 = x2.fma(w0, r2c0);
            r2c1 = x2.fma(w1, r2c1);
            FloatVector x3 = FloatVector.broadcast(FLOATS, a[x + 3]);
            r3c0 = x3.fma(w0, r3c0);
            r3c1 = x3.fma(w1, r3c1);
            FloatVector x4 = FloatVector.broadcast(FLOATS, a[x + 4]);
            r4c0 = x4.fma(w0, r4c0);
            r4c1 = x4.fma(w1, r4c1);
            FloatVector x5 = FloatVector.broadcast(FLOATS, a[x + 5]);
            r5c0 = x5.fma(w0, r5c0);
            r5c1 = x5.fma(w1, r5c1);
            FloatVector x6 = FloatVector.broadcast(FLOATS, a[x + 6]);
            r6c0 = x6.fma(w0, r6c0);
            r6c1 = x6.fma(w1, r6c1);
            FloatVector x7 = FloatVector.broadcast(FLOATS, a[x + 7]);
            r7c0 = x7.fma(w0, r7c0);
            r7c1 = x7.fma(w1, r7c1);
            FloatVector x8 = FloatVector.broadcast(FLOATS, a[x + 8]);
            r8c0 = x8.fma(w0, r8c0);
            r8c1 = x8.fma(w1, r8c1);
            FloatVector x9 = FloatVector.broadcast(FLOATS, a[x + 9]);
            r9c0 = x9.fma(w0, r9c0);
            r9c1 = x9.fma(w1, r9c1);
            FloatVector x10 = FloatVector.broadcast(FLOATS, a[x + 10]);
            r10c0 = x10.fma(w0, r10c0);
            r10c1 = x10.fma(w1, r10c1);
            FloatVector x11 = FloatVector.broadcast(FLOATS, a[x + 11]);
            r11c0 = x11.fma(w0, r11c0);
            r11c1 = x11.fma(w1, r11c1);
        }
        r0c0.intoArray(out, outAt);
        r0c1.intoArray(out, outAt + COUNT);
        r1c0.intoArray(out, outAt + outStride);
        r1c1.intoArray(out, outAt + outStride + COUNT);
        r2c0.intoArray(out, outAt + 2 * outStride);
        r2c1.intoArray(out, outAt + 2 * outStride + COUNT);
        r3c0.intoArray(out, outAt + 3 * outStride);
        r3c1.intoArray(out, outAt + 3 * outStride + COUNT);
        r4c0.intoArray(out, outAt + 4 * outStride);
        r4c1.intoArray(out, outAt + 4 * outStride + COUNT);
        r5c0.intoArray(out, outAt + 5 * outStride);
        r5c1.intoArray(out, outAt + 5 * outStride + COUNT);
        r6c0.intoArray(out, outAt + 6 * outStride);
        r6c1.intoArray(out, outAt + 6 * outStride + COUNT);
        r7c0.intoArray(out, outAt + 7 * outStride);
        r7c1.intoArray(out, outAt + 7 * outStride + COUNT);
        r8c0.intoArray(out, outAt + 8 * outStride);
        r8c1.intoArray(out, outAt + 8 * outStride + COUNT);
        r9c0.intoArray(out, outAt + 9 * outStride);
        r9c1.intoArray(out, outAt + 9 * outStride + COUNT);
        r10c0.intoArray(out, outAt + 10 * outStride);
        r10c1.intoArray(out, outAt + 10 * outStride + COUNT);
        r11c0.intoArray(out, outAt + 11 * outStride);
        r11c1.intoArray(out, outAt + 11 * outStride + COUNT);
    }
}

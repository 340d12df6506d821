package io.taxoscope.sae.kernel;

import io.taxoscope.sae.ActivationSource;

/** A batch in the heap. */
final class HostBatch implements Batch {
    private final float[] x_bd;
    private final int width;
    private int examples;

    HostBatch(int maxExamples, int width) {
        this(new float[Math.multiplyExact(maxExamples, width)], 0, width);
    }

    private HostBatch(float[] x_bd, int examples, int width) {
        this.x_bd = x_bd;
        this.examples = examples;
        this.width = width;
    }

    /** A view of {@code examples} rows, which fill {@code x_bd}. */
    static HostBatch of(float[] x_bd, int examples) {
        if (x_bd.length % examples != 0) {
            throw new IllegalArgumentException(x_bd.length + " numbers are not " + examples + " rows");
        }
        return new HostBatch(x_bd, examples, x_bd.length / examples);
    }

    /** The rows of a batch for a kernel that computes in the heap. */
    static float[] rows(Batch batch) {
        return switch (batch) {
            case HostBatch host -> host.x_bd;
        };
    }

    @Override
    public int examples() {
        return examples;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void fill(ActivationSource source, int[] rows) {
        if (source.width() != width || (long) rows.length * width > x_bd.length) {
            throw new IllegalArgumentException(rows.length + " rows of " + source.width() + " numbers do not fit "
                    + x_bd.length / width + " of " + width);
        }
        source.gather(rows, rows.length, x_bd);
        examples = rows.length;
    }

    @Override
    public double variance() {
        double[] sum_d = new double[width];
        double squares = 0;
        for (int example = 0; example < examples; example++) {
            for (int i = 0; i < width; i++) {
                float x = x_bd[example * width + i];
                sum_d[i] += x;
                squares += (double) x * x;
            }
        }
        double ofMean = 0;
        for (double sum : sum_d) {
            ofMean += sum * sum / examples;
        }
        return squares - ofMean;
    }
}

package io.taxoscope.sae;

/** Activations in one array. */
public final class InMemoryActivations implements ActivationSource {
    private final float[] acts_bd;
    private final int nExamples;
    private final int width;

    public InMemoryActivations(float[] acts_bd, int width) {
        if (width < 1 || acts_bd.length % width != 0) {
            throw new IllegalArgumentException(acts_bd.length + " numbers are not rows of width " + width);
        }
        this.acts_bd = acts_bd;
        this.width = width;
        this.nExamples = acts_bd.length / width;
    }

    /** Whether a copy of {@code source} takes at most {@code bytes}. */
    public static boolean fits(ActivationSource source, long bytes) {
        long elements = (long) source.nExamples() * source.width();
        return elements <= Integer.MAX_VALUE - 64 && elements * Float.BYTES <= bytes;
    }

    public static InMemoryActivations copyOf(ActivationSource source) {
        float[] all = new float[Math.multiplyExact(source.nExamples(), source.width())];
        source.rows(0, source.nExamples(), all);
        return new InMemoryActivations(all, source.width());
    }

    @Override
    public int nExamples() {
        return nExamples;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public void rows(int first, int n, float[] out_bd) {
        System.arraycopy(acts_bd, first * width, out_bd, 0, n * width);
    }

    @Override
    public void gather(int[] rows, int count, float[] out_bd) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(acts_bd, rows[i] * width, out_bd, i * width, width);
        }
    }
}

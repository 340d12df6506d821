package io.taxoscope.sae.kernel;

/** Fixed weights that turn activations into codes and back. One thread calls it. */
public interface EncodingSession extends AutoCloseable {
    /**
     * Encodes the first {@code n} rows of {@code x_bd} into {@code codes}, whose earlier content is lost. An activation
     * that does not fix the number of active latents needs ragged codes.
     */
    void encode(float[] x_bd, int n, Codes codes);

    /** Writes the reconstructions of the first {@code n} rows of {@code codes}. */
    void decode(Codes codes, int n, float[] xhat_bd);

    @Override
    void close();
}

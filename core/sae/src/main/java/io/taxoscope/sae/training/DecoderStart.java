package io.taxoscope.sae.training;

/**
 * Where decoder rows start: {@code norm · unit((1 - dataShare) random + dataShare example)}, both of them unit vectors, the
 * example less the starting {@code b_dec}; and the encoder {@code encoderScale} times their transpose.
 *
 * @param dataShare 0 for random directions, 1 for directions of examples (saev blends, with 0.8)
 * @param norm of the rows
 */
public record DecoderStart(float dataShare, float norm, float encoderScale) {
    public static final DecoderStart RANDOM = new DecoderStart(0, 1, 1);

    public DecoderStart {
        if (!(dataShare >= 0 && dataShare <= 1)) {
            throw new IllegalArgumentException("dataShare must be from 0 to 1: " + dataShare);
        }
        if (!(norm > 0 && encoderScale > 0) || !Float.isFinite(norm) || !Float.isFinite(encoderScale)) {
            throw new IllegalArgumentException("norm and encoderScale must be positive: " + norm + ", " + encoderScale);
        }
    }
}

package io.taxoscope.sae.training;

/** Where {@code b_dec} starts. */
public enum DecoderBias {
    /** The point with the least sum of distances to a sample of the activations; outliers hardly move it. */
    GEOMETRIC_MEDIAN,
    MEAN,
    ZERO
}

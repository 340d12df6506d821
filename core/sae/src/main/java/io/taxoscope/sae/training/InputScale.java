package io.taxoscope.sae.training;

/** The factor that all activations are multiplied with before they meet the weights; exported weights have it folded in. */
public enum InputScale {
    /** Mean squared distance from the starting {@code b_dec} becomes 1 per element. */
    ABOUT_BIAS,
    /** Mean square becomes 1 per element, as in dictionary_learning. */
    MEAN_SQUARE,
    /** The mean norm becomes the square root of the width, SAELens's {@code expected_average_only_in}. */
    MEAN_NORM,
    /** Activations stay as they are. */
    NONE
}

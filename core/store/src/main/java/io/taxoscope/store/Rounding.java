package io.taxoscope.store;

/**
 * What storing activations in a smaller type has changed, measured on every value when it was written.
 *
 * @param maximum greatest difference of one value
 * @param relative {@code sqrt(sum |x - x'|² / sum |x' - mean(x')|²)} over all rows, x' being what is read back; 0 when the
 *     rows do not vary
 */
public record Rounding(double maximum, double relative) {
    static final Rounding NONE = new Rounding(0, 0);
}

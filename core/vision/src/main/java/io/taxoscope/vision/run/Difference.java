package io.taxoscope.vision.run;

/** How far a tensor is from a reference of it, over all elements seen so far, in float64. */
public final class Difference {
    private double largest;
    private double largestReference;
    private double dot;
    private double squares;
    private double referenceSquares;
    private boolean isFinite = true;

    /** Adds one pair of elements. */
    void add(float value, float reference) {
        isFinite &= Float.isFinite(value) && Float.isFinite(reference);
        largest = Math.max(largest, Math.abs((double) value - reference));
        largestReference = Math.max(largestReference, Math.abs(reference));
        dot += (double) value * reference;
        squares += (double) value * value;
        referenceSquares += (double) reference * reference;
    }

    /** max |value - reference|; infinite when a number is not finite. */
    public double largest() {
        return isFinite ? largest : Double.POSITIVE_INFINITY;
    }

    /** {@link #largest()} over max |reference|; the plain difference when the reference is 0 everywhere. */
    public double relative() {
        return largestReference == 0 ? largest() : largest() / largestReference;
    }

    /** Cosine of the angle between the two as one long vector; 1 when both are 0. */
    public double cosine() {
        if (squares == 0 || referenceSquares == 0) {
            return squares == referenceSquares ? 1 : 0;
        }
        return isFinite ? dot / Math.sqrt(squares * referenceSquares) : 0;
    }
}

package io.taxoscope.sae;

/**
 * The size of an SAE.
 *
 * @param width length of an activation (d)
 * @param latents number of latents (s)
 */
public record Shape(int width, int latents) {
    public Shape {
        if (width < 1 || latents < 1) {
            throw new IllegalArgumentException("width and latents must be positive: " + width + ", " + latents);
        }
        if ((long) width * latents > Integer.MAX_VALUE - 64) {
            throw new IllegalArgumentException("an SAE of " + latents + " latents of width " + width
                    + " does not fit in one array; take fewer latents");
        }
    }

    /** Number of elements of one weight matrix. */
    public int elements() {
        return width * latents;
    }
}

package io.taxoscope.vision.run;

import java.util.List;

/** What another program holds at some point of the model, for the images of a {@link Verification}; first axis: image. */
public final class ReferenceTensor {
    private final String name;
    private final List<Long> shape;
    private final float[] values;

    /** @param values row-major; kept, not copied */
    public ReferenceTensor(String name, List<Long> shape, float[] values) {
        this.name = name;
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    public String name() {
        return name;
    }

    public List<Long> shape() {
        return shape;
    }

    /** Whether it can be the tap's tensor. */
    boolean fits(Tap tap) {
        return fits(shape, tap);
    }

    /**
     * Whether a tensor of this shape can be the tap's: as many numbers for each image, width or channel in the place where the tap
     * has it, or, for a feature map, where the other order of axes has it.
     */
    public static boolean fits(List<Long> shape, Tap tap) {
        long perImage = shape.stream().skip(1).reduce(1L, (a, b) -> a * b);
        return perImage == (long) tap.nTokens() * tap.width() && (isInOrder(shape, tap) || isTransposed(shape, tap));
    }

    private static boolean isInOrder(List<Long> shape, Tap tap) {
        int rank = shape.size();
        return switch (tap.layout()) {
            case BTD, BHWC -> rank >= 3 && shape.get(rank - 1) == tap.width();
            case BCHW -> rank >= 3 && shape.get(1) == tap.width();
            case BHQK -> rank >= 3 && shape.get(1) == tap.heads();
            case BD -> true;
        };
    }

    private static boolean isTransposed(List<Long> shape, Tap tap) {
        return switch (tap.layout()) {
            case BTD, BHWC -> shape.size() == 4 && shape.get(1) == tap.width();
            case BCHW -> shape.size() >= 3 && shape.getLast() == tap.width();
            case BHQK, BD -> false;
        };
    }

    /** Adds the images from {@code first} on of the tap's tensor, which holds {@code n} images. */
    void compare(Tap tap, float[] tapped, int first, int n, Difference difference) {
        int size = tap.nTokens() * tap.width();
        boolean isTransposed = !isInOrder(shape, tap);
        int rows = tap.layout() == Layout.BCHW ? tap.width() : tap.nTokens();
        int columns = size / rows;
        for (int image = 0; image < n; image++) {
            for (int i = 0; i < size; i++) {
                int at = isTransposed ? i % rows * columns + i / rows : i;
                difference.add(tapped[image * size + at], values[(first + image) * size + i]);
            }
        }
    }
}

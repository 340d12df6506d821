package io.taxoscope.vision.image;

/** A picture as 8-bit red, green, blue, row by row. */
public final class RgbImage {
    private final int width;
    private final int height;
    private final byte[] rgb;

    /** @param rgb {@code 3 * width * height} bytes; not copied */
    public RgbImage(int width, int height, byte[] rgb) {
        if (width < 1 || height < 1 || rgb.length != 3 * width * height) {
            throw new IllegalArgumentException(
                    "%d bytes do not make an RGB image of %dx%d".formatted(rgb.length, width, height));
        }
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixels themselves, not a copy. */
    public byte[] rgb() {
        return rgb;
    }
}

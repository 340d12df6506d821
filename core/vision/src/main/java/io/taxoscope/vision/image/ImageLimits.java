package io.taxoscope.vision.image;

/**
 * What we are ready to decode.
 *
 * @param maxBytes of the file
 * @param maxPixels of the picture, read from the header before anything is unpacked
 */
public record ImageLimits(long maxBytes, long maxPixels) {
    /** 64 MiB, and the number of pixels above which Pillow warns of a decompression bomb. */
    public static final ImageLimits DEFAULT = new ImageLimits(64L << 20, 89_478_485);

    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1 || maxPixels > Integer.MAX_VALUE / 4) {
            throw new IllegalArgumentException(
                    "image limits out of range: " + maxBytes + " bytes, " + maxPixels + " pixels");
        }
    }
}

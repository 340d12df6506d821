package io.taxoscope.vision.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Samples of a decoded picture to RGB as Pillow's {@code convert('RGB')} does it: alpha is dropped, grey is repeated,
 * palettes are looked up, colour profiles are ignored. {@code BufferedImage.getRGB} would apply profiles and gamma.
 */
final class Pixels {
    private Pixels() {}

    static RgbImage of(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        if (image.getColorModel() instanceof IndexColorModel palette) {
            lookUp(raster, palette, rgb);
        } else {
            rescale(raster, rgb);
        }
        return new RgbImage(width, height, rgb);
    }

    private static void lookUp(Raster raster, IndexColorModel palette, byte[] rgb) {
        int width = raster.getWidth();
        int[] row = new int[width];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                int index = Math.min(row[x], palette.getMapSize() - 1);
                rgb[to++] = (byte) palette.getRed(index);
                rgb[to++] = (byte) palette.getGreen(index);
                rgb[to++] = (byte) palette.getBlue(index);
            }
        }
    }

    private static void rescale(Raster raster, byte[] rgb) {
        int width = raster.getWidth();
        int nBands = raster.getNumBands();
        int[] row = new int[width * nBands];
        int to = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < 3; c++) {
                    int band = nBands < 3 ? 0 : c;
                    rgb[to++] = toByte(
                            row[x * nBands + band], raster.getSampleModel().getSampleSize(band), nBands);
                }
            }
        }
    }

    /**
     * Wide samples lose their low bits, narrow ones are stretched to the whole range. Pillow does not scale 16-bit grey
     * without alpha (its mode I;16): what is above 255 becomes white.
     */
    private static byte toByte(int sample, int bits, int nBands) {
        if (bits == 16 && nBands == 1) {
            return (byte) Math.min(sample, 255);
        }
        if (bits >= 8) {
            return (byte) (sample >> (bits - 8));
        }
        return (byte) (sample * 255 / ((1 << bits) - 1));
    }
}

package io.taxoscope.vision.image;

/** The fixed-point conversions of libjpeg (jdcolor.c) and Pillow (Convert.c), so that pixels come out the same. */
final class YccColors {
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int[] CR_R = new int[256];
    private static final int[] CB_B = new int[256];
    private static final int[] CR_G = new int[256];
    private static final int[] CB_G = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int x = i - 128;
            CR_R[i] = (fix(1.40200) * x + HALF) >> BITS;
            CB_B[i] = (fix(1.77200) * x + HALF) >> BITS;
            CR_G[i] = -fix(0.71414) * x;
            CB_G[i] = -fix(0.34414) * x + HALF;
        }
    }

    private YccColors() {}

    private static int fix(double x) {
        return (int) (x * (1 << BITS) + 0.5);
    }

    /** In place, for pixels of {@code stride} bytes whose first three are Y, Cb, Cr. */
    static void toRgb(byte[] pixels, int stride) {
        for (int i = 0; i + 2 < pixels.length; i += stride) {
            int y = pixels[i] & 0xFF;
            int cb = pixels[i + 1] & 0xFF;
            int cr = pixels[i + 2] & 0xFF;
            pixels[i] = clamp(y + CR_R[cr]);
            pixels[i + 1] = clamp(y + ((CB_G[cb] + CR_G[cr]) >> BITS));
            pixels[i + 2] = clamp(y + CB_B[cb]);
        }
    }

    /** Inverted CMYK, as Adobe writes it in JPEG files, to RGB. */
    static byte[] invertedCmykToRgb(byte[] cmyk) {
        byte[] rgb = new byte[cmyk.length / 4 * 3];
        for (int i = 0, o = 0; o < rgb.length; i += 4, o += 3) {
            int light = cmyk[i + 3] & 0xFF;
            for (int c = 0; c < 3; c++) {
                rgb[o + c] = clamp(light - dividedBy255((255 - (cmyk[i + c] & 0xFF)) * light));
            }
        }
        return rgb;
    }

    /** In place: libjpeg turns YCCK into CMYK by inverting the RGB of its first three components. */
    static void ycckToCmyk(byte[] pixels) {
        toRgb(pixels, 4);
        for (int i = 0; i < pixels.length; i++) {
            if (i % 4 != 3) {
                pixels[i] = (byte) (255 - (pixels[i] & 0xFF));
            }
        }
    }

    private static int dividedBy255(int product) {
        int t = product + 128;
        return ((t >> 8) + t) >> 8;
    }

    private static byte clamp(int value) {
        return (byte) Math.clamp(value, 0, 255);
    }
}

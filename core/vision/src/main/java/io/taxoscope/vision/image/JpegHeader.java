package io.taxoscope.vision.image;

import java.io.IOException;

/**
 * What a JPEG file says about itself before its pixels (ITU-T T.81, annex B).
 *
 * @param adobeTransform 0, 1 (YCbCr) or 2 (YCCK) from an Adobe segment; -1 without one
 * @param rgbIds whether the components are called R, G and B
 */
record JpegHeader(int width, int height, int nComponents, boolean jfif, int adobeTransform, boolean rgbIds) {
    private static final int SOF0 = 0xC0;
    private static final int SOF15 = 0xCF;
    private static final int DHT = 0xC4;
    private static final int JPG = 0xC8;
    private static final int DAC = 0xCC;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;

    static JpegHeader read(byte[] file) throws IOException {
        boolean jfif = false;
        int adobe = -1;
        int at = 2;
        while (at + 4 <= file.length) {
            if ((file[at] & 0xFF) != 0xFF) {
                at++;
                continue;
            }
            int marker = file[at + 1] & 0xFF;
            if (marker == 0xFF || marker == 0 || (marker >= 0xD0 && marker <= 0xD8)) {
                at += marker == 0xFF ? 1 : 2;
                continue;
            }
            int length = u16(file, at + 2);
            int body = at + 4;
            if (isFrame(marker)) {
                return frame(file, body, jfif, adobe);
            }
            if (marker == APP0 && length >= 7 && is(file, body, "JFIF")) {
                jfif = true;
            } else if (marker == APP14 && length >= 14 && is(file, body, "Adobe")) {
                adobe = file[body + 11] & 0xFF;
            }
            at += 2 + length;
        }
        throw new IOException("the file ends before its frame header");
    }

    private static boolean isFrame(int marker) {
        return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
    }

    private static JpegHeader frame(byte[] file, int body, boolean jfif, int adobe) throws IOException {
        if (body + 6 > file.length || body + 6 + 3 * (file[body + 5] & 0xFF) > file.length) {
            throw new IOException("the file ends inside its frame header");
        }
        int nComponents = file[body + 5] & 0xFF;
        boolean rgbIds = nComponents == 3 && file[body + 6] == 'R' && file[body + 9] == 'G' && file[body + 12] == 'B';
        return new JpegHeader(u16(file, body + 3), u16(file, body + 1), nComponents, jfif, adobe, rgbIds);
    }

    /** Whether three components are luma and chroma, by the rules of libjpeg's {@code default_decompress_parms}. */
    boolean isYcc() {
        if (jfif) {
            return true;
        }
        return adobeTransform >= 0 ? adobeTransform != 0 : !rgbIds;
    }

    boolean isYcck() {
        return adobeTransform == 2;
    }

    private static boolean is(byte[] file, int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= file.length || file[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return at + 12 <= file.length;
    }

    private static int u16(byte[] file, int at) {
        return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
    }
}

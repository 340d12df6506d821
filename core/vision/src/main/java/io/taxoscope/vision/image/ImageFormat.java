package io.taxoscope.vision.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The image formats that we read, told by their first bytes and not by a file's name. */
enum ImageFormat {
    JPEG("jpeg"),
    PNG("png"),
    GIF("gif"),
    BMP("bmp"),
    WEBP("webp");

    private final String readerName;

    ImageFormat(String readerName) {
        this.readerName = readerName;
    }

    String readerName() {
        return readerName;
    }

    static @Nullable ImageFormat of(byte[] file) {
        if (startsWith(file, 0, 0xFF, 0xD8, 0xFF)) {
            return JPEG;
        }
        if (startsWith(file, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
            return PNG;
        }
        if (text(file, 0, 4).equals("GIF8")) {
            return GIF;
        }
        if (text(file, 0, 2).equals("BM")) {
            return BMP;
        }
        return text(file, 0, 4).equals("RIFF") && text(file, 8, 4).equals("WEBP") ? WEBP : null;
    }

    private static boolean startsWith(byte[] file, int at, int... bytes) {
        if (file.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((file[at + i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] file, int from, int length) {
        if (file.length < from + length) {
            return "";
        }
        return new String(Arrays.copyOfRange(file, from, from + length), StandardCharsets.ISO_8859_1);
    }
}

package io.taxoscope.vision.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** Fixtures made by {@code src/test/python/make_image_fixtures.py}. */
final class GoldenImages {
    private GoldenImages() {}

    static byte[] file(String name) {
        try (InputStream in = GoldenImages.class.getResourceAsStream("/images/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static RgbImage expected(String name) {
        ByteBuffer bytes = ByteBuffer.wrap(file(name + ".rgb")).order(ByteOrder.LITTLE_ENDIAN);
        int width = bytes.getInt();
        int height = bytes.getInt();
        byte[] rgb = new byte[bytes.remaining()];
        bytes.get(rgb);
        return new RgbImage(width, height, rgb);
    }

    static int largestDifference(RgbImage a, RgbImage b) {
        if (a.width() != b.width() || a.height() != b.height()) {
            throw new AssertionError("%dx%d against %dx%d".formatted(a.width(), a.height(), b.width(), b.height()));
        }
        int largest = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            largest = Math.max(largest, Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF)));
        }
        return largest;
    }

    static double meanDifference(RgbImage a, RgbImage b) {
        double sum = 0;
        for (int i = 0; i < a.rgb().length; i++) {
            sum += Math.abs((a.rgb()[i] & 0xFF) - (b.rgb()[i] & 0xFF));
        }
        return sum / a.rgb().length;
    }
}

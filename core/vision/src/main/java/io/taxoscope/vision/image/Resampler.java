package io.taxoscope.vision.image;

/**
 * Resizes like Pillow, to the bit: separable antialiased kernels, first along rows and then along columns, each pass
 * rounded to 8 bits. Only the window that is kept is computed.
 */
final class Resampler {
    private final Filter filter;

    Resampler(Filter filter) {
        this.filter = filter;
    }

    /** The window of the image as it is after a resize to {@code width} x {@code height}. */
    RgbImage resize(RgbImage image, int width, int height, Window window) {
        if (filter == Filter.NEAREST) {
            return nearest(image, width, height, window);
        }
        Coefficients rows = Coefficients.of(filter, image.height(), height, window.y(), window.height());
        boolean changesRows = height != image.height();
        int top = changesRows ? rows.first(0) : window.y();
        int bottom = changesRows ? rows.end() : window.y() + window.height();
        RgbImage narrow = horizontal(image, width, top, bottom, window);
        return changesRows ? vertical(narrow, rows, top) : narrow;
    }

    private RgbImage horizontal(RgbImage image, int width, int top, int bottom, Window window) {
        byte[] out = new byte[3 * window.width() * (bottom - top)];
        if (width == image.width()) {
            for (int y = top; y < bottom; y++) {
                System.arraycopy(
                        image.rgb(),
                        3 * (y * width + window.x()),
                        out,
                        3 * (y - top) * window.width(),
                        3 * window.width());
            }
            return new RgbImage(window.width(), bottom - top, out);
        }
        Coefficients columns = Coefficients.of(filter, image.width(), width, window.x(), window.width());
        int to = 0;
        for (int y = top; y < bottom; y++) {
            int row = 3 * y * image.width();
            for (int x = 0; x < columns.count(); x++, to += 3) {
                weigh(image.rgb(), row + 3 * columns.first(x), 3, columns.weights(x), out, to);
            }
        }
        return new RgbImage(window.width(), bottom - top, out);
    }

    private static RgbImage vertical(RgbImage image, Coefficients rows, int top) {
        int stride = 3 * image.width();
        byte[] out = new byte[stride * rows.count()];
        int to = 0;
        for (int y = 0; y < rows.count(); y++) {
            int from = (rows.first(y) - top) * stride;
            int[] weights = rows.weights(y);
            for (int x = 0; x < image.width(); x++, to += 3) {
                weigh(image.rgb(), from + 3 * x, stride, weights, out, to);
            }
        }
        return new RgbImage(image.width(), rows.count(), out);
    }

    private static void weigh(byte[] in, int from, int step, int[] weights, byte[] out, int to) {
        int red = 1 << (Coefficients.PRECISION_BITS - 1);
        int green = red;
        int blue = red;
        int at = from;
        for (int weight : weights) {
            red += (in[at] & 0xFF) * weight;
            green += (in[at + 1] & 0xFF) * weight;
            blue += (in[at + 2] & 0xFF) * weight;
            at += step;
        }
        out[to] = toByte(red);
        out[to + 1] = toByte(green);
        out[to + 2] = toByte(blue);
    }

    private static byte toByte(int fixed) {
        return (byte) Math.clamp(fixed >> Coefficients.PRECISION_BITS, 0, 255);
    }

    private static RgbImage nearest(RgbImage image, int width, int height, Window window) {
        int[] columns = nearestOf(image.width(), width);
        int[] rows = nearestOf(image.height(), height);
        byte[] out = new byte[3 * window.width() * window.height()];
        int to = 0;
        for (int y = window.y(); y < window.y() + window.height(); y++) {
            for (int x = window.x(); x < window.x() + window.width(); x++, to += 3) {
                System.arraycopy(image.rgb(), 3 * (rows[y] * image.width() + columns[x]), out, to, 3);
            }
        }
        return new RgbImage(window.width(), window.height(), out);
    }

    /** Pillow adds up the position instead of multiplying, which decides ties. */
    private static int[] nearestOf(int in, int out) {
        int[] nearest = new int[out];
        double scale = (double) in / out;
        double at = scale * 0.5;
        for (int i = 0; i < out; i++, at += scale) {
            nearest[i] = Math.min(in - 1, (int) at);
        }
        return nearest;
    }
}

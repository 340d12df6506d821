package io.taxoscope.vision.image;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;

/** Applies a {@link Preprocessing}, equal to torchvision's Resize, CenterCrop and Normalize on a Pillow image. */
public final class Preprocessor {
    private final Preprocessing recipe;
    private final Resampler resampler;
    private final float[][] normalized = new float[3][256];

    public Preprocessor(Preprocessing recipe) {
        this.recipe = recipe;
        this.resampler = new Resampler(recipe.filter());
        for (int c = 0; c < 3; c++) {
            for (int pixel = 0; pixel < 256; pixel++) {
                normalized[c][pixel] =
                        (float) ((pixel * recipe.scale() - recipe.mean().get(c))
                                / recipe.std().get(c));
            }
        }
    }

    /** Number of floats of one image. */
    public int length() {
        return 3 * recipe.width() * recipe.height();
    }

    /** Writes the image as CHW from {@code offset} on. */
    public void apply(RgbImage image, float[] out, int offset) {
        RgbImage cut = cut(image);
        byte[] rgb = cut.rgb();
        int plane = recipe.width() * recipe.height();
        for (int c = 0; c < 3; c++) {
            float[] values = normalized[c];
            int from = recipe.bgr() ? 2 - c : c;
            int to = offset + c * plane;
            for (int p = 0; p < plane; p++) {
                out[to + p] = values[rgb[3 * p + from] & 0xFF];
            }
        }
    }

    /** The image as the model sees it, before normalisation. */
    RgbImage cut(RgbImage image) {
        int width = resizedWidth(image);
        int height = resizedHeight(image);
        if (recipe.crop() == Preprocessing.Crop.NONE && (width != recipe.width() || height != recipe.height())) {
            throw new TaxoscopeException(
                    VisionError.INVALID_PREPROCESSING,
                    "a picture of %dx%d does not fit the input of %dx%d, and neither resize nor crop is asked for"
                            .formatted(width, height, recipe.width(), recipe.height()));
        }
        Window window = new Window(
                start(width, recipe.width()),
                start(height, recipe.height()),
                Math.min(width, recipe.width()),
                Math.min(height, recipe.height()));
        return padded(resampler.resize(image, width, height, window));
    }

    /** torchvision's rule: the longer side is {@code int(size * long / short)}. */
    private int resizedWidth(RgbImage image) {
        return switch (recipe.resize()) {
            case NONE -> image.width();
            case SQUASH -> recipe.size();
            case SHORTEST_SIDE ->
                image.width() <= image.height()
                        ? recipe.size()
                        : (int) ((long) recipe.size() * image.width() / image.height());
        };
    }

    private int resizedHeight(RgbImage image) {
        return switch (recipe.resize()) {
            case NONE -> image.height();
            case SQUASH -> recipe.size();
            case SHORTEST_SIDE ->
                image.height() < image.width()
                        ? recipe.size()
                        : (int) ((long) recipe.size() * image.height() / image.width());
        };
    }

    private int start(int have, int want) {
        return have <= want ? 0 : recipe.crop().start(have, want);
    }

    /** Black around a picture that is smaller than the crop. */
    private RgbImage padded(RgbImage image) {
        if (image.width() == recipe.width() && image.height() == recipe.height()) {
            return image;
        }
        int left = recipe.crop().padding(image.width(), recipe.width());
        int top = recipe.crop().padding(image.height(), recipe.height());
        byte[] rgb = new byte[length()];
        for (int y = 0; y < image.height(); y++) {
            System.arraycopy(
                    image.rgb(),
                    3 * y * image.width(),
                    rgb,
                    3 * ((top + y) * recipe.width() + left),
                    3 * image.width());
        }
        return new RgbImage(recipe.width(), recipe.height(), rgb);
    }
}

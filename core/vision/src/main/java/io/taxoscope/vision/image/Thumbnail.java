package io.taxoscope.vision.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A small JPEG of a picture, for people. */
public final class Thumbnail {
    private static final float QUALITY = 0.88f;

    private Thumbnail() {}

    /**
     * A JPEG whose longer side has {@code size} pixels. A smaller picture is enlarged by the largest whole factor that
     * fits, pixel by pixel, so that it shows what the model saw.
     */
    public static byte[] jpeg(RgbImage image, int size) {
        int longer = Math.max(image.width(), image.height());
        if (longer <= size) {
            int factor = size / longer;
            return encode(scaled(image, Filter.NEAREST, image.width() * factor, image.height() * factor));
        }
        int width = Math.max(1, Math.round((float) image.width() * size / longer));
        int height = Math.max(1, Math.round((float) image.height() * size / longer));
        return encode(scaled(image, Filter.BICUBIC, width, height));
    }

    private static RgbImage scaled(RgbImage image, Filter filter, int width, int height) {
        return new Resampler(filter).resize(image, width, height, new Window(0, 0, width, height));
    }

    private static byte[] encode(RgbImage image) {
        BufferedImage picture = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] rgb = image.rgb();
        int[] samples = new int[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            samples[i] = rgb[i] & 0xFF;
        }
        picture.getRaster().setPixels(0, 0, image.width(), image.height(), samples);
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), quality);
        } catch (IOException impossible) {
            throw new UncheckedIOException("cannot write a JPEG into memory", impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}

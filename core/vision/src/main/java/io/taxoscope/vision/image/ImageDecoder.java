package io.taxoscope.vision.image;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG, PNG, GIF (first frame), BMP and WebP to RGB, as {@code Image.open(f).convert('RGB')} of Pillow does: an
 * EXIF orientation is not applied.
 */
public final class ImageDecoder {
    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /** @throws TaxoscopeException with a reason that can be shown, when the bytes are no picture that we read */
    public RgbImage decode(byte[] file) {
        if (file.length > limits.maxBytes()) {
            throw tooLarge("%d bytes are more than the limit of %d".formatted(file.length, limits.maxBytes()));
        }
        ImageFormat format = ImageFormat.of(file);
        if (format == null) {
            throw new TaxoscopeException(
                    VisionError.UNSUPPORTED_IMAGE,
                    file.length == 0 ? "the file is empty" : "not a JPEG, PNG, GIF, BMP or WebP image");
        }
        try {
            return decode(format, file);
        } catch (TaxoscopeException known) {
            throw known;
        } catch (IOException | RuntimeException failure) {
            // The readers of ImageIO answer broken files with any exception, such as index out of bounds.
            throw corrupt(format, failure);
        }
    }

    private RgbImage decode(ImageFormat format, byte[] file) throws IOException {
        JpegHeader jpeg = format == ImageFormat.JPEG ? JpegHeader.read(file) : null;
        if (jpeg != null) {
            requireBudget(jpeg.width(), jpeg.height());
        }
        if (format == ImageFormat.WEBP && u32(file, 4) + 8 > file.length) {
            throw new IOException("the file ends early");
        }
        ImageReader reader = readerOf(format);
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            // GIF keeps the place of a frame on its canvas in the metadata; elsewhere they only cost time and trust.
            reader.setInput(in, false, format != ImageFormat.GIF);
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            RgbImage image = jpeg != null ? readJpeg(reader, jpeg) : readOther(reader, format);
            requireComplete(warnings);
            return image;
        } finally {
            reader.dispose();
        }
    }

    private RgbImage readOther(ImageReader reader, ImageFormat format) throws IOException {
        requireBudget(reader.getWidth(0), reader.getHeight(0));
        BufferedImage frame = reader.read(0);
        RgbImage image = Pixels.of(frame);
        if (format != ImageFormat.GIF) {
            return image;
        }
        GifCanvas canvas = GifCanvas.of(reader);
        requireBudget(canvas.width(), canvas.height());
        return canvas.place(image, frame.getColorModel());
    }

    private static RgbImage readJpeg(ImageReader reader, JpegHeader header) throws IOException {
        // Raw samples: ImageIO's own colours depend on embedded profiles and heuristics that libjpeg does not have.
        Raster raster = reader.readRaster(0, null);
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        return new RgbImage(
                raster.getWidth(),
                raster.getHeight(),
                switch (raster.getNumBands()) {
                    case 1 -> repeat(samples);
                    case 3 -> {
                        if (header.isYcc()) {
                            YccColors.toRgb(samples, 3);
                        }
                        yield samples;
                    }
                    case 4 -> {
                        if (header.isYcck()) {
                            YccColors.ycckToCmyk(samples);
                        }
                        yield YccColors.invertedCmykToRgb(samples);
                    }
                    default -> throw new IOException("a JPEG with " + raster.getNumBands() + " components");
                });
    }

    private static byte[] repeat(byte[] grey) {
        byte[] rgb = new byte[3 * grey.length];
        for (int i = 0; i < grey.length; i++) {
            rgb[3 * i] = grey[i];
            rgb[3 * i + 1] = grey[i];
            rgb[3 * i + 2] = grey[i];
        }
        return rgb;
    }

    private static ImageReader readerOf(ImageFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.readerName());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no ImageIO reader for " + format + " on the class path");
        }
        return readers.next();
    }

    /** libjpeg and ImageIO only warn of a file that ends early, and fill the rest with grey. */
    private static void requireComplete(List<String> warnings) throws IOException {
        for (String warning : warnings) {
            String text = warning.toLowerCase(Locale.ROOT);
            if (text.contains("premature") || text.contains("truncated") || text.contains("unexpected end")) {
                throw new IOException(warning);
            }
        }
    }

    private static long u32(byte[] file, int at) {
        return ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at) & 0xFFFF_FFFFL;
    }

    private void requireBudget(int width, int height) {
        if ((long) width * height > limits.maxPixels()) {
            throw tooLarge("%dx%d pixels are more than the limit of %d".formatted(width, height, limits.maxPixels()));
        }
    }

    private static TaxoscopeException tooLarge(String message) {
        return new TaxoscopeException(VisionError.IMAGE_TOO_LARGE, message);
    }

    private static TaxoscopeException corrupt(ImageFormat format, Exception failure) {
        @Nullable String reason = failure.getMessage();
        return new TaxoscopeException(
                VisionError.CORRUPT_IMAGE,
                "corrupt %s: %s"
                        .formatted(format, reason == null ? failure.getClass().getSimpleName() : reason),
                failure);
    }
}

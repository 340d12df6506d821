package io.taxoscope.vision.image;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The logical screen of a GIF and the place of its first frame on it. */
record GifCanvas(int width, int height, int left, int top) {

    static GifCanvas of(ImageReader reader) throws IOException {
        Element screen = child(reader.getStreamMetadata(), "LogicalScreenDescriptor");
        Element frame = child(reader.getImageMetadata(0), "ImageDescriptor");
        return new GifCanvas(
                number(screen, "logicalScreenWidth"),
                number(screen, "logicalScreenHeight"),
                number(frame, "imageLeftPosition"),
                number(frame, "imageTopPosition"));
    }

    /** The frame itself when it covers the canvas; around it, as Pillow does, the transparent colour or else the first. */
    RgbImage place(RgbImage frame, ColorModel colors) {
        if (left == 0 && top == 0 && frame.width() == width && frame.height() == height) {
            return frame;
        }
        int allWidth = Math.max(width, left + frame.width());
        int allHeight = Math.max(height, top + frame.height());
        byte[] rgb = new byte[3 * allWidth * allHeight];
        if (colors instanceof IndexColorModel palette) {
            fill(rgb, palette.getRGB(Math.max(0, palette.getTransparentPixel())));
        }
        for (int y = 0; y < frame.height(); y++) {
            System.arraycopy(
                    frame.rgb(), 3 * y * frame.width(), rgb, 3 * ((top + y) * allWidth + left), 3 * frame.width());
        }
        return new RgbImage(allWidth, allHeight, rgb);
    }

    private static void fill(byte[] rgb, int color) {
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = (byte) (color >> 16);
            rgb[i + 1] = (byte) (color >> 8);
            rgb[i + 2] = (byte) color;
        }
    }

    private static Element child(IIOMetadata metadata, String name) throws IOException {
        Node node = metadata.getAsTree(metadata.getNativeMetadataFormatName()).getFirstChild();
        for (; node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getNodeName().equals(name)) {
                return element;
            }
        }
        throw new IOException("no " + name);
    }

    private static int number(Element element, String attribute) {
        return Integer.parseInt(element.getAttribute(attribute));
    }
}

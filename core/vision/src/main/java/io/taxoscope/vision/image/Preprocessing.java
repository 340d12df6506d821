package io.taxoscope.vision.image;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import java.util.List;

/**
 * How a picture becomes a model's input: resize, crop, and {@code (pixel * scale - mean) / std} for each channel.
 *
 * @param size length of the shorter side, or of both under {@link ResizeMode#SQUASH}; unused without a resize
 * @param crop how the middle is cut out after the resize; without, the picture must have the input's size then
 * @param width of the input
 * @param height of the input
 * @param bgr whether blue is the first channel
 * @param mean of each channel in the input's order, after scaling
 * @param std of each channel in the input's order, after scaling
 */
public record Preprocessing(
        ResizeMode resize,
        int size,
        Filter filter,
        Crop crop,
        int width,
        int height,
        boolean bgr,
        double scale,
        List<Double> mean,
        List<Double> std) {

    public enum ResizeMode {
        /** Keeps the aspect ratio. */
        SHORTEST_SIDE,
        SQUASH,
        NONE
    }

    /** How a picture of {@code have} pixels along an axis is cut, or padded with black, to {@code want}. */
    public enum Crop {
        /** torchvision: starts at {@code round((have - want) / 2)}, halves to even; the odd black pixel comes last. */
        CENTER {
            @Override
            int start(int have, int want) {
                return (int) Math.rint((have - want) / 2.0);
            }

            @Override
            int padding(int have, int want) {
                return (want - have) / 2;
            }
        },
        /** transformers: starts at {@code floor((have - want) / 2)}; the odd black pixel comes first. */
        CENTER_FLOOR {
            @Override
            int start(int have, int want) {
                return (have - want) / 2;
            }

            @Override
            int padding(int have, int want) {
                return (want - have + 1) / 2;
            }
        },
        NONE {
            @Override
            int start(int have, int want) {
                return 0;
            }

            @Override
            int padding(int have, int want) {
                return 0;
            }
        };

        /** The first pixel that is kept, of a larger picture. */
        abstract int start(int have, int want);

        /** Black pixels before the first, of a smaller picture. */
        abstract int padding(int have, int want);
    }

    public Preprocessing {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (width < 1 || height < 1 || (resize != ResizeMode.NONE && size < 1)) {
            throw invalid("sizes must be positive");
        }
        if (mean.size() != 3 || std.size() != 3 || std.stream().anyMatch(s -> !(s > 0)) || !(scale > 0)) {
            throw invalid("three means, three positive standard deviations and a positive scale are needed");
        }
        if (crop == Crop.NONE && resize == ResizeMode.SHORTEST_SIDE) {
            throw invalid("resizing the shortest side gives pictures of different shapes: add a centre crop");
        }
        if (crop == Crop.NONE && resize == ResizeMode.SQUASH && (size != width || size != height)) {
            throw invalid("squashing to %d does not give the input's %dx%d".formatted(size, width, height));
        }
    }

    private static TaxoscopeException invalid(String message) {
        return new TaxoscopeException(VisionError.INVALID_PREPROCESSING, message);
    }
}

package io.taxoscope.api.activation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * How an image becomes the model's input; part of the model's identity. For each channel,
 * {@code x = (pixel * scale - mean) / std}, laid out NCHW in float32.
 *
 * @param resize the resize before the crop
 * @param crop the crop after the resize; its size is the model's input size
 * @param colorOrder order of the channels in the input
 * @param scale factor on the 0..255 pixel values, usually 1/255 or 1
 * @param mean three means, in the input's channel order, after scaling
 * @param std three standard deviations, in the input's channel order, after scaling
 */
public record Preprocessing(
        @NotNull @Valid Resize resize,
        @NotNull @Valid Crop crop,
        @NotNull ColorOrder colorOrder,
        @Positive double scale,
        @NotNull @Size(min = 3, max = 3) List<Double> mean,
        @NotNull @Size(min = 3, max = 3) List<@Positive Double> std) {

    /** The ImageNet recipe of DINOv2, DeiT and most timm models: resize 256, centre crop 224. */
    public static final Preprocessing IMAGENET_224 = new Preprocessing(
            new Resize(ResizeMode.SHORTEST_SIDE, 256, Filter.BICUBIC),
            new Crop(CropMode.CENTER, 224, 224),
            ColorOrder.RGB,
            1 / 255.0,
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225));

    /** @param size length in pixels of the shortest side, or of both sides under {@code SQUASH} */
    public record Resize(
            @NotNull ResizeMode mode,
            @Positive int size,
            @NotNull Filter filter) {}

    public record Crop(
            @NotNull CropMode mode,
            @Positive int width,
            @Positive int height) {}

    public enum ResizeMode {
        /** Keeps the aspect ratio; the shorter side becomes {@code size}. */
        SHORTEST_SIDE,
        /** Both sides become {@code size}; the aspect ratio is lost. */
        SQUASH,
        /** No resize. */
        NONE
    }

    /** Pillow's antialiased resampling filters. */
    public enum Filter {
        NEAREST,
        BILINEAR,
        BICUBIC,
        LANCZOS
    }

    public enum CropMode {
        /** As torchvision: starts at half the difference, halves rounded to even. */
        CENTER,
        /** As the image processors of Hugging Face transformers: half the difference, rounded down. */
        CENTER_FLOOR,
        NONE
    }

    public enum ColorOrder {
        RGB,
        BGR
    }
}

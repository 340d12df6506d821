package io.taxoscope.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb_420.jpg",
                "rgb_422.jpg",
                "rgb_444.jpg",
                "rgb_kept.jpg",
                "progressive.jpg",
                "grey.jpg",
                "cmyk.jpg",
                "exif_rotated.jpg",
                "rgb.png",
                "grey.png",
                "one_bit.png",
                "palette.png",
                "grey_alpha.png",
                "rgb_alpha.png",
                "rgb.bmp",
                "grey.bmp",
                "palette.gif",
                "small_frame.gif",
                "lossless.webp",
                "grey_16.png",
                "grey_alpha_16.png",
                "rgb_16.png",
                "rgb_alpha_16.png",
                "grey_4.png",
                "grey_2.png",
                "palette_alpha.png",
                "exif_rotated.webp",
                "cmyk_444.jpg"
            })
    void givesThePixelsOfPillow(String name) {
        RgbImage image = decoder.decode(GoldenImages.file("decode/" + name));

        assertThat(GoldenImages.largestDifference(image, GoldenImages.expected("decode/" + name)))
                .isZero();
    }

    @Test
    void isNearPillowOnLossyWebp() {
        // TwelveMonkeys repeats the subsampled chroma where libwebp interpolates it; the picture is noisy on purpose.
        RgbImage image = decoder.decode(GoldenImages.file("decode/lossy.webp"));

        RgbImage pillow = GoldenImages.expected("decode/lossy.webp");
        assertThat(GoldenImages.largestDifference(image, pillow)).isLessThanOrEqualTo(32);
        assertThat(GoldenImages.meanDifference(image, pillow)).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rgb_420.jpg",
                "progressive.jpg",
                "rgb.png",
                "palette.png",
                "rgb.bmp",
                "palette.gif",
                "small_frame.gif",
                "lossless.webp"
            })
    void namesATruncatedFileCorrupt(String name) {
        byte[] whole = GoldenImages.file("decode/" + name);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> decoder.decode(half))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(VisionError.CORRUPT_IMAGE));
    }

    @ParameterizedTest
    @CsvSource({"'', UNSUPPORTED_IMAGE", "GIF89a, CORRUPT_IMAGE", "<svg/>, UNSUPPORTED_IMAGE"})
    void namesWhatIsNoImage(String content, VisionError code) {
        assertThatThrownBy(() -> decoder.decode(content.getBytes(StandardCharsets.UTF_8)))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb_420.jpg", "rgb.png", "rgb.bmp", "palette.gif", "lossless.webp"})
    void refusesMorePixelsThanTheBudget(String name) {
        ImageDecoder strict = new ImageDecoder(new ImageLimits(1 << 20, 37 * 29 - 1));

        assertThatThrownBy(() -> strict.decode(GoldenImages.file("decode/" + name)))
                .hasMessageContaining("37x29")
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(VisionError.IMAGE_TOO_LARGE));
    }

    private static Object codeOf(Throwable failure) {
        return failure instanceof TaxoscopeException known ? known.code() : failure;
    }
}

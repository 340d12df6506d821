package io.taxoscope.vision.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThumbnailTest {
    /** The picture is 53 x 41. */
    @ParameterizedTest
    @CsvSource({"16, 16, 12", "53, 53, 41", "100, 53, 41", "128, 106, 82", "160, 159, 123"})
    void fitsItsLongerSideAndEnlargesByWholeFactorsOnly(int size, int width, int height) {
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
        RgbImage source = decoder.decode(GoldenImages.file("resize/source.png"));

        RgbImage thumbnail = decoder.decode(Thumbnail.jpeg(source, size));

        assertThat(thumbnail).extracting(RgbImage::width, RgbImage::height).containsExactly(width, height);
    }
}

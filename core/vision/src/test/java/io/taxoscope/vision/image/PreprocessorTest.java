package io.taxoscope.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.vision.image.Preprocessing.Crop;
import io.taxoscope.vision.image.Preprocessing.ResizeMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessorTest {
    private static final RgbImage SOURCE =
            new ImageDecoder(ImageLimits.DEFAULT).decode(GoldenImages.file("resize/source.png"));

    @ParameterizedTest
    @EnumSource(Filter.class)
    void resizesLikePillowToTheBit(Filter filter) {
        for (int[] size : new int[][] {{17, 13}, {24, 41}, {53, 10}, {80, 61}}) {
            RgbImage resized =
                    new Resampler(filter).resize(SOURCE, size[0], size[1], new Window(0, 0, size[0], size[1]));

            String golden = "resize/%s_%dx%d".formatted(filter, size[0], size[1]);
            assertThat(GoldenImages.largestDifference(resized, GoldenImages.expected(golden)))
                    .as(golden)
                    .isZero();
        }
    }

    /** Odd and even margins, a crop larger than the picture in both directions, and in one. */
    @ParameterizedTest
    @CsvSource({"32, 28, 28", "33, 28, 28", "20, 28, 24", "30, 41, 29"})
    void cutsLikeTorchvision(int size, int width, int height) {
        RgbImage cut = new Preprocessor(recipe(Crop.CENTER, size, width, height, false)).cut(SOURCE);

        String golden = "crop/%d_%d_%d".formatted(size, width, height);
        assertThat(GoldenImages.largestDifference(cut, GoldenImages.expected(golden)))
                .isZero();
    }

    /** The fixtures are what the image processor of transformers makes of the picture. */
    @ParameterizedTest
    @CsvSource({"32, 28, 28", "33, 28, 28", "21, 28, 24", "30, 41, 29"})
    void cutsLikeTransformersWithTheMarginRoundedDown(int size, int width, int height) {
        RgbImage cut = new Preprocessor(recipe(Crop.CENTER_FLOOR, size, width, height, false)).cut(SOURCE);

        String golden = "crop_floor/%d_%d_%d".formatted(size, width, height);
        assertThat(GoldenImages.largestDifference(cut, GoldenImages.expected(golden)))
                .isZero();
    }

    @Test
    void normalizesEachChannelInTheOrderOfTheInput() {
        RgbImage pixel = new RgbImage(1, 1, new byte[] {10, 20, (byte) 200});
        float[] rgb = new float[4];
        float[] bgr = new float[4];

        new Preprocessor(recipe(Crop.CENTER, 1, 1, 1, false)).apply(pixel, rgb, 1);
        new Preprocessor(recipe(Crop.CENTER, 1, 1, 1, true)).apply(pixel, bgr, 1);

        assertThat(rgb)
                .containsExactly(
                        new float[] {0, (10 / 255f - 0.1f) / 0.5f, (20 / 255f - 0.2f) / 0.6f, (200 / 255f - 0.3f) / 0.7f
                        },
                        within(1e-6f));
        assertThat(bgr)
                .containsExactly(
                        new float[] {0, (200 / 255f - 0.1f) / 0.5f, (20 / 255f - 0.2f) / 0.6f, (10 / 255f - 0.3f) / 0.7f
                        },
                        within(1e-6f));
    }

    @Test
    void refusesARecipeWhoseResultHasNoFixedShape() {
        assertThatThrownBy(() -> new Preprocessing(
                        ResizeMode.SHORTEST_SIDE,
                        8,
                        Filter.BICUBIC,
                        Crop.NONE,
                        8,
                        8,
                        false,
                        1,
                        List.of(0., 0., 0.),
                        List.of(1., 1., 1.)))
                .hasMessageContaining("add a centre crop");
    }

    private static Preprocessing recipe(Crop crop, int size, int width, int height, boolean bgr) {
        return new Preprocessing(
                ResizeMode.SHORTEST_SIDE,
                size,
                Filter.BICUBIC,
                crop,
                width,
                height,
                bgr,
                1 / 255.0,
                List.of(0.1, 0.2, 0.3),
                List.of(0.5, 0.6, 0.7));
    }
}

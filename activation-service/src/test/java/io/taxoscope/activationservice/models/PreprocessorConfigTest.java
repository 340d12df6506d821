package io.taxoscope.activationservice.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.activationservice.hub.HubSnapshot;
import io.taxoscope.api.activation.HubOrigin;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.ImageLimits;
import io.taxoscope.vision.image.Preprocessor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixtures are what transformers' own processors make of a picture, by {@code make_processors.py}. */
class PreprocessorConfigTest {
    @ParameterizedTest
    @ValueSource(strings = {"dinov2", "vit", "clip", "convnext", "deit", "unscaled"})
    void givesTheInputsOfTransformers(String name) {
        var recipe = Recipes.of(snapshot(text(name)).preprocessing());
        float[] inputs = new float[new Preprocessor(recipe).length()];

        new Preprocessor(recipe)
                .apply(new ImageDecoder(ImageLimits.DEFAULT).decode(resource("processors/source.png")), inputs, 0);

        ByteBuffer expected =
                ByteBuffer.wrap(resource("processors/" + name + ".f32")).order(ByteOrder.LITTLE_ENDIAN);
        float[] theirs = new float[expected.remaining() / Float.BYTES];
        expected.asFloatBuffer().get(theirs);
        assertThat(inputs).containsExactly(theirs, within(1e-6f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"do_pad\": true                            | do_pad",
                "\"size\": {\"longest_edge\": 800}           | size",
                "\"size\": {\"height\": 224, \"width\": 192} | size",
                "\"size\": 224                               | size",
                "\"resample\": 5                             | resample",
                "\"image_mean\": [0.5]                       | image_mean",
                "\"crop_pct\": 0.9                           | crop_pct",
                "\"size\": {\"shortest_edge\": 224}          | do_center_crop"
            })
    void namesTheFieldThatCannotBeTakenOver(String change, String field) {
        String usual = "\"size\": {\"height\": 224, \"width\": 224}, \"resample\": 2, \"image_mean\": [0, 0, 0],"
                + " \"image_std\": [1, 1, 1], \"do_pad\": null, ";
        // Of a name that stands twice, the last one counts.
        String json = "{" + usual + change + "}";

        assertThatThrownBy(() -> snapshot(json).preprocessing())
                .hasMessageStartingWith("preprocessing: preprocessor_config.json cannot be taken over: " + field + ":");
    }

    @Test
    void asksForAPreprocessingWhereTheRepositoryHasNone() {
        var bare = new HubSnapshot(origin(), "", null);

        assertThatThrownBy(bare::preprocessing).hasMessageContaining("has no preprocessor_config.json");
    }

    private static HubSnapshot snapshot(String json) {
        return new HubSnapshot(origin(), "", json);
    }

    private static HubOrigin origin() {
        return new HubOrigin("tests/model", null, "0".repeat(40), List.of());
    }

    private static String text(String name) {
        return new String(resource("processors/" + name + ".json"), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) {
        try (InputStream in = PreprocessorConfigTest.class.getResourceAsStream("/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.ModelView.ModelKind;
import io.taxoscope.api.activation.ModelView.Tap;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.activation.TokenSelection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsIT extends ActivationIT {
    @Test
    void findsTheTapsOfAModelAndGivesTheSameModelTheSameId() {
        ModelView model = registerTinyModel();

        assertThat(model.kind()).isEqualTo(ModelKind.TRANSFORMER);
        assertThat(model.taps())
                .filteredOn(tap -> tap.name().contains("resid") || tap.depth() < 0)
                .extracting(Tap::name, Tap::depth)
                .containsExactly(
                        tuple("embeddings", -1),
                        tuple("blocks.0.resid_mid", 0),
                        tuple("blocks.0.resid_post", 0),
                        tuple("blocks.1.resid_mid", 1),
                        tuple("blocks.1.resid_post", 1));
        assertThat(model.taps())
                .filteredOn(ModelView.Tap::isDefault)
                .extracting(ModelView.Tap::name)
                .containsExactly("blocks.0.resid_post", "blocks.1.resid_post");
        assertThat(model.taps()).filteredOn(tap -> tap.name().contains("resid")).allSatisfy(tap -> {
            assertThat(tap.width()).isEqualTo(16);
            assertThat(tap.layout()).isEqualTo(ModelView.Layout.BTD);
            assertThat(tap.tokens()).containsExactly(TokenSelection.CLS, TokenSelection.PATCH_MEAN);
            assertThat(tap.positions()).isEqualTo(new ModelView.Positions(17, 0, 0, 1, 16, 4, 4, null));
        });
        register(tinyModel()).expectStatus().isOk();
        assertThat(registerTinyModel().id()).isEqualTo(model.id());
        assertThat(get("/api/v1/models/" + model.id(), ModelView.class)).isEqualTo(model);
    }

    @Test
    void takesAnotherPreprocessingForAnotherModel() {
        CreateModel tiny = tinyModel();
        Preprocessing plain = new Preprocessing(
                TINY.resize(), TINY.crop(), TINY.colorOrder(), 1, List.of(0., 0., 0.), List.of(1., 1., 1.));

        ModelView other = body(register(new CreateModel("plain", tiny.source(), plain, null)), ModelView.class);

        assertThat(other.id()).isNotEqualTo(registerTinyModel().id());
        assertThat(other.preprocessing()).isEqualTo(plain);
    }

    @Test
    void refusesAFileThatIsNoModel() {
        String junk = upload("no model at all".getBytes(StandardCharsets.UTF_8));

        register(new CreateModel("junk", Source.ofUpload(junk), TINY, null))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("NOT_ONNX")
                .jsonPath("$.errors[0].field")
                .isEqualTo("source");
    }

    @Test
    void refusesATapThatTheGraphDoesNotCompute() {
        register(new CreateModel("tiny", tinyModel().source(), TINY, List.of("nowhere")))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNKNOWN_TENSOR");
    }

    @Test
    void refusesImagesOfASizeThatTheModelDoesNotTake() {
        Preprocessing large = Preprocessing.IMAGENET_224;

        register(new CreateModel("tiny", tinyModel().source(), large, null))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("UNSUPPORTED_INPUT");
    }

    @ParameterizedTest
    @CsvSource({
        "{}, SOURCE_INVALID",
        "{\"path\":\"/nowhere/model.onnx\"}, SOURCE_NOT_FOUND",
        "{\"url\":\"file:///etc/passwd\"}, SOURCE_INVALID",
        "{\"upload\":\"0000000000000000000000000000000000000000000000000000000000000000\"}, SOURCE_NOT_FOUND"
    })
    void refusesASourceThatCannotBeRead(String source, String code) {
        Source parsed = tools.jackson.databind.json.JsonMapper.shared().readValue(source, Source.class);

        register(new CreateModel("tiny", parsed, TINY, null))
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    @Test
    void forgetsADeletedModel() {
        CreateModel named = new CreateModel("named", tinyModel().source(), TINY, List.of("t20"));
        ModelView model = body(register(named), ModelView.class);
        assertThat(model.kind()).isEqualTo(ModelKind.UNKNOWN);

        http.delete()
                .uri("/api/v1/models/" + model.id())
                .exchange()
                .expectStatus()
                .isNoContent();

        http.get()
                .uri("/api/v1/models/" + model.id())
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("MODEL_NOT_FOUND");
    }
}

package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.activation.VerificationView;
import io.taxoscope.api.activation.VerificationView.TensorAgreement;
import io.taxoscope.api.activation.VerifyModel;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped model against what PyTorch held in it (demo/model/reference.safetensors). */
class VerificationIT extends ActivationIT {
    private static final Path SHIPPED = Path.of("../demo/model");

    @Test
    void findsTheTapThatHoldsEachHiddenState() {
        VerificationView answer = verified(Map.of());

        assertThat(answer.nImages()).isEqualTo(4);
        assertThat(answer.agrees()).isTrue();
        assertThat(answer.tensors())
                .extracting(TensorAgreement::tensor, TensorAgreement::tap)
                .startsWith(
                        tuple("hidden_state_0", "embeddings"),
                        tuple("hidden_state_1", "blocks.0.resid_post"),
                        tuple("hidden_state_2", "blocks.1.resid_post"))
                .contains(tuple("hidden_state_6", "blocks.5.resid_post"), tuple("logits", null));
        assertThat(answer.tensors()).filteredOn(tensor -> tensor.tap() != null).allSatisfy(tensor -> {
            assertThat(tensor.relativeDifference()).isLessThan(1e-5);
            assertThat(tensor.cosine()).isGreaterThan(0.999999);
        });
        assertThat(answer.notCompared()).contains("blocks.3.attn_weights").doesNotContain("embeddings");
    }

    @Test
    void saysWhichTapHoldsATensorThatCarriesAnothersName() {
        VerificationView answer = verified(Map.of("hidden_state_2", "blocks.0.resid_post"));

        assertThat(answer.agrees()).isFalse();
        assertThat(answer.tensors())
                .filteredOn(tensor -> !tensor.agrees() && tensor.tap() != null)
                .singleElement()
                .satisfies(tensor -> {
                    assertThat(tensor.tap()).isEqualTo("blocks.0.resid_post");
                    assertThat(tensor.nearest()).isEqualTo("blocks.1.resid_post");
                    assertThat(tensor.relativeDifference()).isGreaterThan(0.01);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "pixel_values, renamed, pixel_values",
        "logits, pixel_values, pixel_values",
        "logits, blocks.0.resid_post, blocks.0.resid_post"
    })
    void refusesAReferenceOfAnotherShape(String tensor, String name, String field) {
        String problem = verify(reference(Map.of(tensor, name)))
                .expectStatus()
                .isEqualTo(422)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(problem).contains("REFERENCE_INVALID").contains("\"field\":\"" + field + "\"");
    }

    @Test
    void refusesAReferenceThatIsNoSafetensorsFile() {
        post(
                        "/api/v1/models/" + shipped().id() + "/verify",
                        new VerifyModel(Source.ofUpload(upload(new byte[64])), null),
                        null)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("SAFETENSORS_INVALID");
    }

    @Test
    void showsTheTaps() {
        String taps = http.get()
                .uri("/api/v1/models/" + shipped().id() + "/taps")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(taps).contains("blocks.5.attn_weights").contains("\"gridHeight\":4");
    }

    private VerificationView verified(Map<String, String> renamed) {
        return body(verify(reference(renamed)), VerificationView.class);
    }

    private org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec verify(byte[] reference) {
        VerifyModel request = new VerifyModel(Source.ofUpload(upload(reference)), null);
        return post("/api/v1/models/" + shipped().id() + "/verify", request, null);
    }

    private ModelView shipped() {
        Preprocessing recipe =
                new Preprocessing(TINY.resize(), TINY.crop(), TINY.colorOrder(), TINY.scale(), TINY.mean(), TINY.std());
        Source model = Source.ofUpload(upload(bytes("demo-vit-cifar10.onnx")));
        return body(register(new CreateModel("shipped", model, recipe, null)), ModelView.class);
    }

    /** The shipped reference with tensors under other names; a name that is given to two is the second's. */
    private static byte[] reference(Map<String, String> renamed) {
        var bytes = new ByteArrayOutputStream();
        try (Safetensors shipped = Safetensors.read(SHIPPED.resolve("reference.safetensors"))) {
            List<Tensor> tensors = new ArrayList<>();
            for (String name : shipped.names()) {
                String written = renamed.getOrDefault(name, name);
                if (written.equals(name) && renamed.containsValue(name)) {
                    continue;
                }
                long[] shape = shipped.info(name).shape().stream()
                        .mapToLong(Long::longValue)
                        .toArray();
                tensors.add(Tensor.of(written, shipped.floats(name), shape));
            }
            Safetensors.write(bytes, Map.of(), tensors);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(SHIPPED.resolve(name));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

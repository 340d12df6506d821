package io.taxoscope.sae.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import io.taxoscope.store.Safetensors;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class SaeLensFilesTest {
    private static final Parameters WEIGHTS = new Parameters(
            new Shape(2, 3),
            new float[] {11, 12, 21, 22, 31, 32},
            new float[] {1, 2, 3, 4, 5, 6},
            new float[] {7, 8, 9},
            new float[] {-1, -2});

    @Test
    void storesTheEncoderWithARowPerInputElement(@TempDir Path folder) {
        Path file = folder.resolve("sae_weights.safetensors");
        SaeLensFiles.writeWeights(file, WEIGHTS);
        try (Safetensors tensors = Safetensors.read(file)) {
            assertThat(tensors.info("W_enc").shape()).containsExactly(2L, 3L);
            assertThat(tensors.floats("W_enc")).containsExactly(11, 21, 31, 12, 22, 32);
            assertThat(tensors.info("W_dec").shape()).containsExactly(3L, 2L);
            assertThat(tensors.floats("W_dec")).containsExactly(1, 2, 3, 4, 5, 6);
        }
        assertThat(SaeLensFiles.readWeights(file).sameBits(WEIGHTS)).isTrue();
    }

    @Test
    void saysInTheConfigWhatALoaderMustDo() {
        var config = JsonMapper.builder()
                .build()
                .readTree(SaeLensFiles.config(new Shape(2, 3), 1, Map.of("model_name", "vit")));
        assertThat(config.get("architecture").asString()).isEqualTo("topk");
        assertThat(config.get("k").asInt()).isEqualTo(1);
        assertThat(config.get("d_in").asInt()).isEqualTo(2);
        assertThat(config.get("d_sae").asInt()).isEqualTo(3);
        assertThat(config.get("apply_b_dec_to_input").asBoolean()).isTrue();
        assertThat(config.get("normalize_activations").asString()).isEqualTo("none");
        assertThat(config.get("metadata").get("model_name").asString()).isEqualTo("vit");
    }

    @Test
    void keepsThresholdsAndGatesUnderTheNamesOfSaeLens(@TempDir Path folder) {
        Path file = folder.resolve("sae_weights.safetensors");
        Parameters jump = WEIGHTS.with(Parameters.THRESHOLD, new float[] {.1f, .2f, .3f});
        SaeLensFiles.writeWeights(file, jump);
        assertThat(SaeLensFiles.readWeights(file).sameBits(jump)).isTrue();
        Parameters gated =
                WEIGHTS.with(Parameters.R_MAG, new float[] {1, 2, 3}).with(Parameters.B_MAG, new float[] {4, 5, 6});
        SaeLensFiles.writeWeights(file, gated);
        assertThat(SaeLensFiles.readWeights(file).sameBits(gated)).isTrue();
        try (Safetensors tensors = Safetensors.read(file)) {
            assertThat(tensors.names())
                    .containsExactlyInAnyOrder("W_enc", "W_dec", "b_dec", "b_gate", "b_mag", "r_mag");
            assertThat(tensors.floats("b_gate")).containsExactly(7, 8, 9);
        }
    }

    @Test
    void namesTheArchitectureThatEncodes() {
        assertThat(architecture(new Architecture.Relu(1))).isEqualTo("standard");
        assertThat(architecture(new Architecture.BatchTopK(1, 0.1f, null))).isEqualTo("jumprelu");
        assertThat(architecture(new Architecture.Gated(1))).isEqualTo("gated");
        assertThat(SaeLensFiles.config(new Shape(2, 3), new Activation.Relu(), Map.of()))
                .doesNotContain("\"k\"", "rescale");
    }

    private static String architecture(Architecture trained) {
        String config = SaeLensFiles.config(new Shape(2, 3), trained.activation(), Map.of());
        return JsonMapper.builder().build().readTree(config).get("architecture").asString();
    }
}

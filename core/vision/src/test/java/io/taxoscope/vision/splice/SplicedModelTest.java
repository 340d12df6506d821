package io.taxoscope.vision.splice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.vision.SharedData;
import io.taxoscope.vision.Tensors;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.ir.OnnxDimensionProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.run.Layout;
import io.taxoscope.vision.run.ModelDescription;
import io.taxoscope.vision.run.ModelInspection;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Token;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SplicedModelTest {
    private static final Path DEMO = repositoryFile("demo/model/demo-vit-cifar10.onnx");
    private static final Tensors REFERENCE = Tensors.read(repositoryFile("demo/model/reference.safetensors"));

    /** spliced_demo_vit.json: ONNX's own extractor cut the graph (bench/python/splice_fixtures.py). */
    @ParameterizedTest
    @CsvSource({"-1, CLS", "-1, PATCH_MEAN", "2, CLS", "2, PATCH_MEAN", "5, CLS", "5, PATCH_MEAN"})
    void runsOnFromOtherVectors(int block, Token token) throws IOException {
        JsonNode expected = fixture().get(block + " " + token);
        OnnxModel model = OnnxModel.read(DEMO);
        try (SplicedModel spliced = open(model, 32, block, token);
                SplicedModel.Pass pass = spliced.run(REFERENCE.floats("pixel_values"), 4)) {
            float[] logits = pass.outputWith(wave());
            for (int at = 0; at < 40; at++) {
                assertThat(logits[at])
                        .isCloseTo(expected.get(at / 10).get(at % 10).floatValue(), within(1e-4f));
            }
        }
    }

    @Test
    void givesTheModelsOwnOutputAndActivations() {
        OnnxModel model = OnnxModel.read(DEMO);
        try (SplicedModel spliced = open(model, 32, 2, Token.CLS);
                SplicedModel.Pass pass = spliced.run(REFERENCE.floats("pixel_values"), 4)) {
            assertThat(pass.output_bc()).containsExactly(REFERENCE.floats("logits"), within(1e-4f));
            float[] state = REFERENCE.floats("hidden_state_3");
            for (int i = 0; i < 192; i++) {
                assertThat(pass.vectors_bd()[192 + i]).isCloseTo(state[17 * 192 + i], within(1e-4f));
            }
        }
    }

    /** Exports of transformers and of a network with skip connections: putting back what was there changes nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dinov2.dynamo",
                "dinov2.torchscript",
                "vit_cls.dynamo",
                "vit_cls.torchscript",
                "resnet.dynamo",
                "resnet.torchscript"
            })
    void whatWasThereChangesNothing(String graph) {
        OnnxModel model = OnnxModel.read(SharedData.require("graphs/" + graph + ".onnx"));
        Tensors reference = Tensors.read(
                SharedData.require("graphs/" + graph.substring(0, graph.indexOf('.')) + ".reference.safetensors"));
        int size = reference.dim("pixel_values", 3);
        String output = model.outputs().getFirst();
        ModelDescription description = ModelInspection.inspect(model, size, size, null);
        for (Tap tap : description.taps()) {
            for (Token token : tap.tensor().equals(output) ? List.<Token>of() : tap.tokens()) {
                try (SplicedModel spliced = SplicedModel.open(
                                model, description, size, size, new Selection(tap, token), output, 1);
                        SplicedModel.Pass pass = spliced.run(reference.floats("pixel_values"), 2)) {
                    assertThat(pass.outputWith(pass.vectors_bd()))
                            .as(tap.name() + " " + token)
                            .containsExactly(pass.output_bc(), within(1e-4f));
                    boolean matters = token == Token.CLS || tap.layout() == Layout.BCHW;
                    assertThat(!matters || changes(pass))
                            .as(tap.name() + " " + token)
                            .isTrue();
                }
            }
        }
    }

    /** Behind the last attention a classifier reads the class token alone, so that patches change nothing there. */
    private static boolean changes(SplicedModel.Pass pass) {
        float[] moved = pass.vectors_bd();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += i % 3;
        }
        return !java.util.Arrays.equals(pass.outputWith(moved), pass.output_bc());
    }

    @Test
    void padsWhereAGraphTakesOnlyFullBatches(@TempDir Path folder) throws IOException {
        OnnxModelProto.Builder proto = OnnxModelProto.parseFrom(Files.readAllBytes(DEMO)).toBuilder();
        proto.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .setDim(0, OnnxDimensionProto.newBuilder().setDimValue(3));
        Path fixed = Files.write(folder.resolve("fixed.onnx"), proto.build().toByteArray());
        JsonNode expected = fixture().get("2 CLS");
        try (SplicedModel spliced = open(OnnxModel.read(fixed), 32, 2, Token.CLS);
                SplicedModel.Pass pass = spliced.run(REFERENCE.floats("pixel_values"), 2)) {
            assertThat(spliced.batchSize(16)).isEqualTo(3);
            float[] logits = pass.outputWith(java.util.Arrays.copyOf(wave(), 2 * 192));
            assertThat(logits).hasSize(20);
            assertThat(logits[13]).isCloseTo(expected.get(1).get(3).floatValue(), within(1e-4f));
        }
    }

    @Test
    void saysWhichOutputsThereAre() {
        OnnxModel model = OnnxModel.read(DEMO);
        assertThatThrownBy(() -> SplicedModel.output(model, "features")).hasMessageContaining("[logits]");
        assertThat(SplicedModel.output(model, null)).isEqualTo("logits");
    }

    private static SplicedModel open(OnnxModel model, int size, int block, Token token) {
        ModelDescription description = ModelInspection.inspect(model, size, size, null);
        Tap tap = description.taps().stream()
                .filter(candidate -> candidate.depth() == block
                        && (block < 0 || candidate.name().endsWith("resid_post")))
                .findFirst()
                .orElseThrow();
        return SplicedModel.open(model, description, size, size, new Selection(tap, token), null, 1);
    }

    private static float[] wave() {
        float[] wave = new float[4 * 192];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (float) Math.sin(0.1 * i);
        }
        return wave;
    }

    private static JsonNode fixture() throws IOException {
        try (InputStream in = SplicedModelTest.class.getResourceAsStream("/spliced_demo_vit.json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        }
    }

    private static Path repositoryFile(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(name))) {
                return at.resolve(name);
            }
        }
        throw new AssertionError("the repository has no " + name);
    }
}

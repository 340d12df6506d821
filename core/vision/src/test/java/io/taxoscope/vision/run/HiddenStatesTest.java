package io.taxoscope.vision.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.vision.SharedData;
import io.taxoscope.vision.Tensors;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.ir.OnnxDimensionProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The taps of exported graphs hold what PyTorch holds in its hidden states. */
class HiddenStatesTest {
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
    void areReturnedByTheTaps(String graph) {
        OnnxModel model = OnnxModel.read(SharedData.require("graphs/" + graph + ".onnx"));
        String architecture = graph.substring(0, graph.indexOf('.'));
        Tensors reference = Tensors.read(SharedData.require("graphs/" + architecture + ".reference.safetensors"));
        int size = reference.dim("pixel_values", 3);
        ModelDescription description = ModelInspection.inspect(model, size, size, null);
        compare(model, description, reference, 5);
    }

    @Test
    void areReturnedByTheTapsOfTheShippedModel() {
        OnnxModel model = OnnxModel.read(repositoryFile("demo/model/demo-vit-cifar10.onnx"));
        Tensors reference = Tensors.read(repositoryFile("demo/model/reference.safetensors"));

        ModelDescription description = ModelInspection.inspect(model, 32, 32, null);

        assertThat(description.taps())
                .extracting(Tap::name)
                .startsWith(
                        "embeddings",
                        "blocks.0.attn_weights",
                        "blocks.0.attn_out",
                        "blocks.0.resid_mid",
                        "blocks.0.mlp_out",
                        "blocks.0.resid_post")
                .endsWith("blocks.5.resid_post", "final_norm")
                .hasSize(32);
        compare(model, description, reference, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dinov2.dynamo", "dinov2.torchscript", "vit_cls.dynamo", "vit_cls.torchscript"})
    void giveTheClassTokenAndTheMeanOfThePatches(String graph) {
        OnnxModel model = OnnxModel.read(SharedData.require("graphs/" + graph + ".onnx"));
        String architecture = graph.substring(0, graph.indexOf('.'));
        Tensors reference = Tensors.read(SharedData.require("graphs/" + architecture + ".reference.safetensors"));
        int size = reference.dim("pixel_values", 3);
        ModelDescription description = ModelInspection.inspect(model, size, size, null);
        Tap last = lastState(description);
        int nTokens = reference.dim("hidden_state_4", 1);
        assertThat(last)
                .extracting(Tap::nTokens, Tap::firstPatch, Tap::nPatches)
                .containsExactly(nTokens, 1, nTokens - 1);

        List<Selection> selections = List.of(new Selection(last, Token.CLS), new Selection(last, Token.PATCH_MEAN));
        float[] cls = new float[3 * 64];
        float[] mean = new float[3 * 64];
        try (VisionEncoder encoder = VisionEncoder.open(model, description, size, size, selections, 1)) {
            encoder.encode(reference.floats("pixel_values"), 2, List.of(cls, mean), 1, 0);
        }

        float[] state = reference.floats("hidden_state_4");
        for (int b = 0; b < 2; b++) {
            for (int d = 0; d < 64; d++) {
                double sum = 0;
                for (int t = 1; t < nTokens; t++) {
                    sum += state[(b * nTokens + t) * 64 + d];
                }
                assertThat(cls[(b + 1) * 64 + d]).isCloseTo(state[b * nTokens * 64 + d], within(1e-4f));
                assertThat(mean[(b + 1) * 64 + d]).isCloseTo((float) (sum / (nTokens - 1)), within(1e-4f));
            }
        }
        assertThat(cls).startsWith(new float[64]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet.dynamo", "resnet.torchscript"})
    void giveTheMeanOverThePositionsOfAFeatureMap(String graph) {
        OnnxModel model = OnnxModel.read(SharedData.require("graphs/" + graph + ".onnx"));
        Tensors reference = Tensors.read(SharedData.require("graphs/resnet.reference.safetensors"));
        ModelDescription description = ModelInspection.inspect(model, 64, 64, null);
        Selection last = new Selection(lastState(description), Token.PATCH_MEAN);
        float[] mean = new float[2 * 128];

        try (VisionEncoder encoder = VisionEncoder.open(model, description, 64, 64, List.of(last), 1)) {
            encoder.encode(reference.floats("pixel_values"), 2, List.of(mean), 0, 0);
        }

        float[] state = reference.floats("hidden_state_4");
        for (int i = 0; i < mean.length; i++) {
            float sum = state[4 * i] + state[4 * i + 1] + state[4 * i + 2] + state[4 * i + 3];
            assertThat(mean[i]).isCloseTo(sum / 4, within(1e-4f));
        }
    }

    @Test
    void areTheSameFromAGraphThatTakesOnlyFullBatches(@TempDir Path folder) throws IOException {
        Path any = repositoryFile("demo/model/demo-vit-cifar10.onnx");
        OnnxModelProto.Builder proto = OnnxModelProto.parseFrom(Files.readAllBytes(any)).toBuilder();
        proto.getGraphBuilder()
                .getInputBuilder(0)
                .getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .setDim(0, OnnxDimensionProto.newBuilder().setDimValue(3));
        Path fixed = Files.write(folder.resolve("fixed.onnx"), proto.build().toByteArray());
        Tensors reference = Tensors.read(repositoryFile("demo/model/reference.safetensors"));
        OnnxModel model = OnnxModel.read(fixed);
        ModelDescription description = ModelInspection.inspect(model, 32, 32, null);
        Selection last = new Selection(lastState(description), Token.CLS);
        float[] cls = new float[4 * 192];

        try (VisionEncoder encoder = VisionEncoder.open(model, description, 32, 32, List.of(last), 1)) {
            encoder.encode(reference.floats("pixel_values"), 4, List.of(cls), 0, 0);
        }

        assertThat(description.fixedBatch()).isEqualTo(3);
        float[] state = reference.floats("hidden_state_6");
        for (int i = 0; i < cls.length; i++) {
            assertThat(cls[i]).isCloseTo(state[i / 192 * 17 * 192 + i % 192], within(1e-4f));
        }
    }

    static Tap lastState(ModelDescription description) {
        return description.taps().stream()
                .filter(description::isDefault)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** Embeddings and every block's output against {@code hidden_state_0} and on. */
    static void compare(OnnxModel model, ModelDescription description, Tensors reference, int nStates) {
        List<Tap> states = Stream.concat(
                        description.taps().stream().filter(tap -> tap.depth() == -1),
                        description.taps().stream().filter(tap -> tap.name().endsWith("resid_post")))
                .toList();
        assertThat(states).hasSize(nStates);
        List<String> tensors = states.stream().map(Tap::tensor).toList();
        int batch = reference.dim("pixel_values", 0);
        int size = reference.dim("pixel_values", 3);
        try (GraphRun run = new GraphRun(model.withOutputs(tensors), description.inputName(), tensors, 1)) {
            FloatBuffer pixels = FloatBuffer.wrap(reference.floats("pixel_values"));
            run.run(pixels, new long[] {batch, 3, size, size}, (tensor, shape, values) -> {
                String state = "hidden_state_" + tensors.indexOf(tensor);
                assertThat(values)
                        .as(tensor + " against " + state)
                        .containsExactly(reference.floats(state), within(1e-4f));
            });
        }
    }

    static Path repositoryFile(String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(name))) {
                return at.resolve(name);
            }
        }
        throw new AssertionError("the repository has no " + name);
    }
}

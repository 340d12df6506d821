package io.taxoscope.vision.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.vision.SharedData;
import io.taxoscope.vision.Tensors;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.PatchSample.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several vectors of each image, against PyTorch's hidden states. */
class SelectionTest {
    private static final int WIDTH = 192;
    private static final int N_TOKENS = 17;

    @Test
    void givesTheTokensThatPyTorchHasAtThosePlaces() {
        OnnxModel model = OnnxModel.read(repositoryFile("demo/model/demo-vit-cifar10.onnx"));
        Tensors reference = Tensors.read(repositoryFile("demo/model/reference.safetensors"));
        ModelDescription description = ModelInspection.inspect(model, 32, 32, null);
        Tap last = HiddenStatesTest.lastState(description);
        List<Selection> selections = List.of(
                new Selection(last, Token.PATCHES),
                new Selection(last, Token.PATCH_SAMPLE, new PatchSample(Order.STRIDED, 4, 0)),
                new Selection(last, Token.PATCH_SAMPLE, new PatchSample(Order.RANDOM, 5, 7)),
                new Selection(last, Token.CLS));
        List<float[]> out = selections.stream()
                .map(selection -> new float[4 * selection.tokensPerExample() * WIDTH])
                .toList();
        try (VisionEncoder encoder = VisionEncoder.open(model, description, 32, 32, selections, 1)) {
            encoder.encode(reference.floats("pixel_values"), 3, out, 1, 40);
        }

        float[] state = reference.floats("hidden_state_6");
        for (int s = 0; s < 3; s++) {
            Selection selection = selections.get(s);
            int n = selection.tokensPerExample();
            for (int image = 0; image < 3; image++) {
                int[] tokens = selection.tokens(40 + image);
                assertThat(tokens).hasSize(n).isSorted().doesNotHaveDuplicates();
                for (int i = 0; i < n; i++) {
                    int at = ((image + 1) * n + i) * WIDTH;
                    int expected = (image * N_TOKENS + tokens[i]) * WIDTH;
                    assertThat(Arrays.copyOfRange(out.get(s), at, at + WIDTH))
                            .containsExactly(Arrays.copyOfRange(state, expected, expected + WIDTH), within(1e-4f));
                }
            }
            assertThat(Arrays.copyOf(out.get(s), n * WIDTH)).containsOnly(0);
        }
        assertThat(selections.get(0).tokens(0))
                .isEqualTo(IntStream.range(1, N_TOKENS).toArray());
        assertThat(selections.get(1).tokens(0)).containsExactly(3, 7, 11, 15);
    }

    /** No export with registers is at hand: the same tensor, told that its first two patches are registers. */
    @Test
    void givesRegistersWithoutClassTokenAndPatches() {
        OnnxModel model = OnnxModel.read(repositoryFile("demo/model/demo-vit-cifar10.onnx"));
        Tensors reference = Tensors.read(repositoryFile("demo/model/reference.safetensors"));
        ModelDescription description = ModelInspection.inspect(model, 32, 32, null);
        Tap found = HiddenStatesTest.lastState(description);
        Tap tap = new Tap(
                found.name(),
                found.tensor(),
                found.depth(),
                WIDTH,
                found.layout(),
                found.tokens(),
                N_TOKENS,
                3,
                14,
                Tap.Grid.UNKNOWN,
                0);
        Selection registers = new Selection(tap, Token.REGISTERS);
        assertThat(registers.tokens(0)).containsExactly(1, 2);
        float[] out = new float[2 * WIDTH];
        try (VisionEncoder encoder = VisionEncoder.open(model, description, 32, 32, List.of(registers), 1)) {
            encoder.encode(reference.floats("pixel_values"), 1, List.of(out), 0, 0);
        }
        assertThat(out)
                .containsExactly(
                        Arrays.copyOfRange(reference.floats("hidden_state_6"), WIDTH, 3 * WIDTH), within(1e-4f));
        assertThatThrownBy(() -> new Selection(found, Token.REGISTERS))
                .hasMessageContaining("has no REGISTERS; it has [CLS, PATCH_MEAN], 0 registers and 16 patches");
    }

    @ParameterizedTest
    @ValueSource(strings = {"resnet.dynamo", "resnet.torchscript"})
    void givesThePositionsOfAFeatureMapInReadingOrder(String graph) {
        OnnxModel model = OnnxModel.read(SharedData.require("graphs/" + graph + ".onnx"));
        Tensors reference = Tensors.read(SharedData.require("graphs/resnet.reference.safetensors"));
        ModelDescription description = ModelInspection.inspect(model, 64, 64, null);
        Selection all = new Selection(HiddenStatesTest.lastState(description), Token.PATCHES);
        float[] positions = new float[2 * 4 * 128];
        try (VisionEncoder encoder = VisionEncoder.open(model, description, 64, 64, List.of(all), 1)) {
            encoder.encode(reference.floats("pixel_values"), 2, List.of(positions), 0, 0);
        }
        float[] state_bchw = reference.floats("hidden_state_4");
        for (int image = 0; image < 2; image++) {
            for (int p = 0; p < 4; p++) {
                for (int c = 0; c < 128; c++) {
                    assertThat(positions[(image * 4 + p) * 128 + c])
                            .isCloseTo(state_bchw[(image * 128 + c) * 4 + p], within(1e-4f));
                }
            }
        }
    }

    @Test
    void drawsEachPatchAsOftenAndTheSameForTheSameSeed() {
        PatchSample sample = new PatchSample(Order.RANDOM, 3, 5);
        int[] drawn = new int[10];
        for (int example = 0; example < 20_000; example++) {
            int[] positions = sample.positions(example, 10);
            assertThat(positions).isEqualTo(new PatchSample(Order.RANDOM, 3, 5).positions(example, 10));
            for (int position : positions) {
                drawn[position]++;
            }
        }
        // Each is binomial with n = 20,000 and p = 0.3: 6,000, standard deviation 65.
        assertThat(IntStream.of(drawn).boxed())
                .allSatisfy(times -> assertThat(times).isBetween(5_650, 6_350));
        assertThat(sample.positions(0, 1000)).isNotEqualTo(new PatchSample(Order.RANDOM, 3, 6).positions(0, 1000));
        assertThat(new PatchSample(Order.RANDOM, 10, 1).positions(3, 10))
                .isEqualTo(IntStream.range(0, 10).toArray());
        assertThat(new PatchSample(Order.STRIDED, 3, 0).positions(0, 256)).containsExactly(42, 128, 213);
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

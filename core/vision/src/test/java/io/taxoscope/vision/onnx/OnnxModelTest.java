package io.taxoscope.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.SharedData;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxStringEntryProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "this is no model", "\u0008\u0001"})
    void refusesAFileThatIsNoModel(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("model.onnx"), content);

        assertThatThrownBy(() -> OnnxModel.read(file))
                .hasMessageContaining("model.onnx is not an ONNX model")
                .satisfies(failure -> assertThat(codeOf(failure)).isEqualTo(VisionError.NOT_ONNX));
    }

    @Test
    void namesTheFileWithTheWeightsWhenItIsMissing() {
        Path graph = SharedData.require("models/dinov2_vits14_graph.onnx");

        assertThatThrownBy(() -> OnnxModel.read(graph))
                .hasMessageContaining("register the model by path, or save the model as one file")
                .satisfies(failure -> assertThat(codeOf(failure)).isEqualTo(VisionError.EXTERNAL_DATA_MISSING));
    }

    @Test
    void takesInWeightsThatLieBesideIt() throws IOException {
        OnnxModelProto whole =
                OnnxModelProto.parseFrom(Files.readAllBytes(SharedData.require("graphs/vit_cls.dynamo.onnx")));
        Path file = folder.resolve("split.onnx");
        Files.write(file, split(whole, "weights.bin").toByteArray());

        OnnxModelProto joined = OnnxModelProto.parseFrom(OnnxModel.read(file).bytes());

        assertThat(joined.getGraph().getInitializerList())
                .isEqualTo(whole.getGraph().getInitializerList());
    }

    @Test
    void readsNoWeightsFromElsewhere() throws IOException {
        OnnxModelProto whole =
                OnnxModelProto.parseFrom(Files.readAllBytes(SharedData.require("graphs/vit_cls.dynamo.onnx")));
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path file = inner.resolve("split.onnx");
        Files.write(file, split(whole, "../weights.bin").toByteArray());

        assertThatThrownBy(() -> OnnxModel.read(file)).hasMessageContaining("only a file beside the model is read");
    }

    @Test
    void keepsEveryByteWhenOutputsAreAdded() {
        OnnxModel model = OnnxModel.read(SharedData.require("graphs/vit_cls.dynamo.onnx"));

        ByteString tapped = model.withOutputs(List.of("add_17", "linear_24", "add_137"));

        assertThat(tapped.startsWith(model.bytes())).isTrue();
        assertThat(parse(tapped).getGraph().getOutputList())
                .extracting("name")
                .containsExactly("linear_24", "add_17", "add_137");
    }

    @Test
    void refusesToTapWhatTheGraphDoesNotCompute() {
        OnnxModel model = OnnxModel.read(SharedData.require("graphs/vit_cls.dynamo.onnx"));
        TapFinder finder = new TapFinder(model, model.imageInput().name());

        assertThatThrownBy(() -> finder.named(List.of("add_17", "nowhere"))).hasMessageContaining("'nowhere'");
    }

    private OnnxModelProto split(OnnxModelProto whole, String location) throws IOException {
        OnnxGraphProto.Builder graph = whole.getGraph().toBuilder();
        ByteString data = ByteString.EMPTY;
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            OnnxTensorProto tensor = graph.getInitializer(i);
            if (tensor.hasRawData()) {
                graph.setInitializer(
                        i,
                        tensor.toBuilder()
                                .clearRawData()
                                .setDataLocation(1)
                                .addExternalData(entry("location", location))
                                .addExternalData(entry("offset", Integer.toString(data.size())))
                                .addExternalData(entry(
                                        "length",
                                        Integer.toString(tensor.getRawData().size()))));
                data = data.concat(tensor.getRawData());
            }
        }
        Files.write(folder.resolve("weights.bin"), data.toByteArray());
        return whole.toBuilder().setGraph(graph).build();
    }

    private static OnnxStringEntryProto entry(String key, String value) {
        return OnnxStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static OnnxModelProto parse(ByteString bytes) {
        try {
            return OnnxModelProto.parseFrom(bytes);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static Object codeOf(Throwable failure) {
        return failure instanceof TaxoscopeException known ? known.code() : failure;
    }
}

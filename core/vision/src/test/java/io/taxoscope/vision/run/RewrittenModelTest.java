package io.taxoscope.vision.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.vision.Tensors;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxFunctionProto;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxOperatorSetProto;
import io.taxoscope.vision.splice.SplicedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model in the forms that optimisers and exporters give to models: its taps still hold PyTorch's hidden states. */
class RewrittenModelTest {
    private static final String DOMAIN = "test";

    private final OnnxModelProto plain = shipped();
    private final Tensors reference = Tensors.read(HiddenStatesTest.repositoryFile("demo/model/reference.safetensors"));

    @TempDir
    Path folder;

    @Test
    void inlinesLocalFunctions() throws IOException {
        OnnxModel model = read(withFunctions(plain, 23));

        HiddenStatesTest.compare(model, ModelInspection.inspect(model, 32, 32, null), reference, 7);
    }

    @Test
    void refusesFunctionsThatCallThemselves() throws IOException {
        OnnxModelProto.Builder endless = withFunctions(plain, 23).toBuilder();
        endless.getFunctionsBuilder(0).addNode(endless.getGraph().getNode(0));

        assertThatThrownBy(() -> read(endless.build())).hasMessageContaining("call each other more than 64 deep");
    }

    @Test
    void refusesFunctionsOfAnotherVersionOfTheOperators() throws IOException {
        OnnxModelProto.Builder mixed = withFunctions(plain, 23).toBuilder();
        mixed.getFunctionsBuilder(0).getOpsetImportBuilder(0).setVersion(12);

        assertThatThrownBy(() -> read(mixed.build()))
                .hasMessageContaining("version 12")
                .hasMessageContaining("onnx.inliner");
    }

    @Test
    void takesFusedSumsApart() throws IOException {
        OnnxModelProto fused = withFusedSums(plain);
        assertThat(fused.getGraph().getNodeList())
                .extracting(OnnxNodeProto::getOpType)
                .contains("SkipLayerNormalization")
                .doesNotContain("LayerNormalization");
        OnnxModel model = read(fused);

        HiddenStatesTest.compare(model, ModelInspection.inspect(model, 32, 32, null), reference, 7);
    }

    /** The norm that was fused with the sum reads the replacement. */
    @Test
    void runsOnFromAFusedSum() throws IOException {
        float[] moved = new float[4 * 192];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (float) Math.sin(0.1 * i);
        }
        float[] expected = logits(read(plain), moved);

        assertThat(logits(read(withFusedSums(plain)), moved)).containsExactly(expected, within(1e-4f));
    }

    @Test
    void takesImagesInSinglePrecisionWhereTheGraphWantsHalf() throws IOException {
        OnnxModel model = read(withHalfInput(plain));
        ModelDescription description = ModelInspection.inspect(model, 32, 32, null);
        Tap last = description.taps().getLast();
        float[] normed = new float[4 * last.width()];
        float[] expected = new float[4 * last.width()];
        Selection selection = new Selection(last, last.tokens().getFirst());

        try (VisionEncoder encoder = VisionEncoder.open(model, description, 32, 32, List.of(selection), 1)) {
            encoder.encode(reference.floats("pixel_values"), 4, List.of(normed), 0, 0);
        }
        OnnxModel single = read(plain);
        try (VisionEncoder encoder = VisionEncoder.open(
                single, ModelInspection.inspect(single, 32, 32, null), 32, 32, List.of(selection), 1)) {
            encoder.encode(reference.floats("pixel_values"), 4, List.of(expected), 0, 0);
        }

        // Pixels up to 2.7 are rounded to 11 bits.
        assertThat(normed).containsExactly(expected, within(0.02f)).isNotEqualTo(expected);
    }

    private float[] logits(OnnxModel model, float[] replacement) {
        ModelDescription description = ModelInspection.inspect(model, 32, 32, null);
        Tap tap = description.taps().stream()
                .filter(candidate -> candidate.name().equals("blocks.2.resid_post"))
                .findFirst()
                .orElseThrow();
        try (SplicedModel spliced =
                        SplicedModel.open(model, description, 32, 32, new Selection(tap, Token.CLS), null, 1);
                SplicedModel.Pass pass = spliced.run(reference.floats("pixel_values"), 4)) {
            return pass.outputWith(replacement);
        }
    }

    /** Every run of nodes as a function; the axis of a node is an attribute of the call. */
    private static OnnxModelProto withFunctions(OnnxModelProto model, int size) {
        OnnxModelProto.Builder changed = model.toBuilder();
        List<OnnxNodeProto> nodes = model.getGraph().getNodeList();
        OnnxGraphProto.Builder graph = changed.getGraphBuilder().clearNode();
        for (int at = 0; at < nodes.size(); at += size) {
            List<OnnxNodeProto> run = nodes.subList(at, Math.min(at + size, nodes.size()));
            Set<String> made = new LinkedHashSet<>();
            Set<String> read = new LinkedHashSet<>();
            for (OnnxNodeProto node : run) {
                node.getInputList().stream()
                        .filter(name -> !made.contains(name))
                        .forEach(read::add);
                made.addAll(node.getOutputList());
            }
            OnnxFunctionProto.Builder function = OnnxFunctionProto.newBuilder()
                    .setName("Part" + at)
                    .setDomain(DOMAIN)
                    .addAllInput(read)
                    .addAllOutput(made)
                    .addAllOpsetImport(model.getOpsetImportList());
            OnnxNodeProto.Builder call = OnnxNodeProto.newBuilder()
                    .setOpType("Part" + at)
                    .setDomain(DOMAIN)
                    .addAllInput(read)
                    .addAllOutput(made);
            run.forEach(node -> function.addNode(parametrised(node, call)));
            graph.addNode(call);
            changed.addFunctions(function);
        }
        return changed.addOpsetImport(set(DOMAIN)).build();
    }

    private static OnnxNodeProto parametrised(OnnxNodeProto node, OnnxNodeProto.Builder call) {
        OnnxNodeProto.Builder inner = node.toBuilder();
        for (OnnxAttributeProto.Builder attribute : inner.getAttributeBuilderList()) {
            if (attribute.getName().equals("axis")) {
                String parameter = "axis" + call.getAttributeCount();
                call.addAttribute(attribute.build().toBuilder().setName(parameter));
                attribute.clearI().setRefAttrName(parameter);
            }
        }
        return inner.build();
    }

    /** Each norm and the sum that it reads as onnxruntime's optimiser fuses them; the sum is an output where others read it. */
    private static OnnxModelProto withFusedSums(OnnxModelProto model) {
        List<OnnxNodeProto> nodes = new ArrayList<>(model.getGraph().getNodeList());
        for (OnnxNodeProto norm : model.getGraph().getNodeList()) {
            if (norm.getOpType().equals("LayerNormalization")) {
                OnnxNodeProto sum = nodes.stream()
                        .filter(node -> node.getOutputList().contains(norm.getInput(0)))
                        .findFirst()
                        .orElseThrow();
                boolean isReadByOthers = nodes.stream()
                        .anyMatch(node ->
                                !node.equals(norm) && node.getInputList().contains(norm.getInput(0)));
                OnnxNodeProto.Builder fused = norm.toBuilder()
                        .setOpType("SkipLayerNormalization")
                        .setDomain("com.microsoft")
                        .clearInput()
                        .clearAttribute()
                        .addAllInput(sum.getInputList())
                        .addInput(norm.getInput(1))
                        .addInput(norm.getInput(2));
                norm.getAttributeList().stream()
                        .filter(a -> a.getName().equals("epsilon"))
                        .forEach(fused::addAttribute);
                if (isReadByOthers) {
                    fused.addOutput("").addOutput("").addOutput(norm.getInput(0));
                }
                nodes.set(nodes.indexOf(sum), fused.build());
                nodes.remove(norm);
            }
        }
        OnnxModelProto.Builder changed = model.toBuilder().addOpsetImport(set("com.microsoft"));
        changed.getGraphBuilder().clearNode().addAllNode(nodes);
        return changed.build();
    }

    private static OnnxModelProto withHalfInput(OnnxModelProto model) {
        OnnxModelProto.Builder changed = model.toBuilder();
        OnnxGraphProto.Builder graph = changed.getGraphBuilder();
        graph.getInputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(10);
        for (OnnxNodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals("pixel_values")) {
                    node.setInput(i, "wide");
                }
            }
        }
        graph.addNode(
                0,
                OnnxNodeProto.newBuilder()
                        .setOpType("Cast")
                        .addInput("pixel_values")
                        .addOutput("wide")
                        .addAttribute(OnnxAttributeProto.newBuilder()
                                .setName("to")
                                .setI(1)
                                .setType(2)));
        return changed.build();
    }

    private static OnnxOperatorSetProto set(String domain) {
        return OnnxOperatorSetProto.newBuilder().setDomain(domain).setVersion(1).build();
    }

    private OnnxModel read(OnnxModelProto model) throws IOException {
        return OnnxModel.read(Files.write(folder.resolve("model.onnx"), model.toByteArray()));
    }

    private static OnnxModelProto shipped() {
        try {
            return OnnxModelProto.parseFrom(
                    Files.readAllBytes(HiddenStatesTest.repositoryFile("demo/model/demo-vit-cifar10.onnx")));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}

package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes the sums out of nodes into which an optimiser has fused them, so that the residual stream is a tensor again, which can be
 * read and replaced. What {@code SkipLayerNormalization} and {@code FusedConv} compute is said in onnxruntime's contrib operators;
 * ONNX Runtime fuses them again when it loads the model.
 */
final class Unfused {
    private static final Set<String> SKIP_NORMS = Set.of("SkipLayerNormalization", "SkipSimplifiedLayerNormalization");
    private static final int FLOAT_ATTRIBUTE = 1;
    private static final Set<String> OWN_ATTRIBUTES = Set.of("activation", "activation_params");

    private final List<OnnxNodeProto> nodes = new ArrayList<>();
    private boolean changed;

    private Unfused() {}

    /** The same computation in plain operators; the model itself when nothing is fused. */
    static OnnxModelProto of(OnnxModelProto model) {
        Unfused unfused = new Unfused();
        model.getGraph().getNodeList().forEach(unfused::add);
        if (!unfused.changed) {
            return model;
        }
        OnnxGraphProto graph = model.getGraph().toBuilder()
                .clearNode()
                .addAllNode(unfused.nodes)
                .build();
        return model.toBuilder().setGraph(graph).build();
    }

    private void add(OnnxNodeProto node) {
        boolean isSkipNorm = SKIP_NORMS.contains(node.getOpType()) && node.getInputCount() >= 3;
        if (isSkipNorm && output(node, 1).isEmpty() && output(node, 2).isEmpty()) {
            skipNorm(node);
        } else if (node.getOpType().equals("FusedConv") && isPlain(node)) {
            convolution(node);
        } else {
            nodes.add(node);
        }
    }

    /** y = norm(input + bias + skip), and perhaps the sum as fourth output. */
    private void skipNorm(OnnxNodeProto node) {
        changed = true;
        boolean isSimplified = node.getOpType().equals("SkipSimplifiedLayerNormalization");
        int biasAt = isSimplified ? 3 : 4;
        String y = output(node, 0);
        String branch = node.getInput(0);
        if (!input(node, biasAt).isEmpty()) {
            branch = operator("Add", List.of(branch, input(node, biasAt)), y + "/branch");
        }
        String sum = operator(
                "Add", List.of(node.getInput(1), branch), output(node, 3).isEmpty() ? y + "/sum" : output(node, 3));
        OnnxNodeProto.Builder norm = node.toBuilder()
                .clearInput()
                .clearOutput()
                .clearDomain()
                .setOpType(isSimplified ? "SimplifiedLayerNormalization" : "LayerNormalization")
                .addInput(sum)
                .addInput(input(node, 2))
                .addOutput(y);
        if (node.getAttributeList().stream().noneMatch(a -> a.getName().equals("epsilon"))) {
            // The fused operator's default; that of the plain one is 1e-5.
            norm.addAttribute(OnnxAttributeProto.newBuilder()
                    .setName("epsilon")
                    .setF(1e-12f)
                    .setType(FLOAT_ATTRIBUTE));
        }
        if (!isSimplified && !input(node, 3).isEmpty()) {
            norm.addInput(input(node, 3));
        }
        nodes.add(norm.build());
    }

    /** y = activation(conv(x) + z). */
    private void convolution(OnnxNodeProto node) {
        changed = true;
        String y = output(node, 0);
        String activation = activation(node);
        OnnxNodeProto.Builder conv = node.toBuilder()
                .setOpType("Conv")
                .clearDomain()
                .clearInput()
                .clearOutput()
                .clearAttribute();
        node.getInputList().stream().limit(3).forEach(conv::addInput);
        node.getAttributeList().stream()
                .filter(a -> !OWN_ATTRIBUTES.contains(a.getName()))
                .forEach(conv::addAttribute);
        boolean hasSum = !input(node, 3).isEmpty();
        String convolved = hasSum || !activation.isEmpty() ? y + "/conv" : y;
        nodes.add(conv.addOutput(convolved).build());
        String sum = activation.isEmpty() ? y : y + "/sum";
        if (hasSum) {
            operator("Add", List.of(convolved, input(node, 3)), sum);
        }
        if (!activation.isEmpty()) {
            operator(activation, List.of(hasSum ? sum : convolved), y);
        }
    }

    /** Activation functions with parameters (LeakyRelu, Clip, HardSigmoid) stay as they are. */
    private static boolean isPlain(OnnxNodeProto node) {
        return node.getInputCount() >= 2
                && Set.of("", "Relu", "Sigmoid", "Tanh").contains(activation(node))
                && node.getAttributeList().stream().noneMatch(a -> a.getName().equals("activation_params"));
    }

    private static String activation(OnnxNodeProto node) {
        return node.getAttributeList().stream()
                .filter(a -> a.getName().equals("activation"))
                .map(OnnxAttributeProto::getS)
                .map(bytes -> bytes.toStringUtf8())
                .findFirst()
                .orElse("");
    }

    private String operator(String type, List<String> inputs, String output) {
        nodes.add(OnnxNodeProto.newBuilder()
                .setName(output)
                .setOpType(type)
                .addAllInput(inputs)
                .addOutput(output)
                .build());
        return output;
    }

    private static String input(OnnxNodeProto node, int at) {
        return at < node.getInputCount() ? node.getInput(at) : "";
    }

    private static String output(OnnxNodeProto node, int at) {
        return at < node.getOutputCount() ? node.getOutput(at) : "";
    }
}

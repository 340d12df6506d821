package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorProto;
import io.taxoscope.vision.onnx.ir.OnnxValueInfoProto;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets a graph that takes images in half precision take them in single precision: its first node rounds them. */
final class HalfInput {
    private static final int FLOAT = 1;
    private static final int FLOAT16 = 10;
    private static final int BFLOAT16 = 16;
    private static final int INT_ATTRIBUTE = 2;

    private HalfInput() {}

    /** The model itself unless its inputs hold half precision. */
    static OnnxModelProto widened(OnnxModelProto model) {
        OnnxGraphProto graph = model.getGraph();
        Set<String> weights = graph.getInitializerList().stream()
                .map(OnnxTensorProto::getName)
                .collect(Collectors.toSet());
        OnnxGraphProto.Builder changed = graph.toBuilder().clearNode();
        boolean isHalf = false;
        for (int i = 0; i < graph.getInputCount(); i++) {
            OnnxValueInfoProto input = graph.getInput(i);
            int type = input.getType().getTensorType().getElemType();
            if ((type == FLOAT16 || type == BFLOAT16) && !weights.contains(input.getName())) {
                isHalf = true;
                String wide = input.getName() + "/float32";
                OnnxValueInfoProto.Builder renamed = changed.getInputBuilder(i).setName(wide);
                renamed.getTypeBuilder().getTensorTypeBuilder().setElemType(FLOAT);
                changed.addNode(OnnxNodeProto.newBuilder()
                        .setName(wide)
                        .setOpType("Cast")
                        .addInput(wide)
                        .addOutput(input.getName())
                        .addAttribute(OnnxAttributeProto.newBuilder()
                                .setName("to")
                                .setI(type)
                                .setType(INT_ATTRIBUTE)));
            }
        }
        return isHalf
                ? model.toBuilder()
                        .setGraph(changed.addAllNode(graph.getNodeList()))
                        .build()
                : model;
    }
}

package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What kinds of operators mean for the structure of a network. */
final class Operators {
    static final Set<String> SUMS = Set.of("Add", "Sum");
    static final Set<String> CONVOLUTIONS = Set.of("Conv", "FusedConv", "QLinearConv", "NhwcConv", "ConvInteger");
    /** Operators with weights that were learned. */
    static final Set<String> WEIGHTED = Set.of(
            "MatMul",
            "Gemm",
            "Einsum",
            "FusedMatMul",
            "FusedGemm",
            "MatMulInteger",
            "DynamicQuantizeMatMul",
            "MatMulIntegerToFloat",
            "QLinearMatMul",
            "MatMulNBits",
            "Conv",
            "FusedConv",
            "QLinearConv",
            "NhwcConv",
            "ConvInteger");
    /** Operators that pass the stream on unchanged, but perhaps for its shape, its type or rounding. */
    static final Set<String> TRANSPARENT = Set.of(
            "Identity",
            "Cast",
            "Dropout",
            "Reshape",
            "Flatten",
            "Squeeze",
            "Unsqueeze",
            "QuantizeLinear",
            "DequantizeLinear");

    static final Set<String> ACTIVATIONS =
            Set.of("Relu", "LeakyRelu", "PRelu", "Clip", "Elu", "HardSwish", "Gelu", "Selu", "Sigmoid", "Mish");
    static final Set<String> SOFTMAXES = Set.of("Softmax", "BiasSoftmax");

    private static final Set<String> ATTENTION = Set.of(
            "Attention",
            "QAttention",
            "MultiHeadAttention",
            "GroupQueryAttention",
            "PackedAttention",
            "PackedMultiHeadAttention",
            "QOrderedAttention");
    private static final Set<String> NORMS = Set.of(
            "LayerNormalization",
            "SimplifiedLayerNormalization",
            "RMSNormalization",
            "GroupNormalization",
            "InstanceNormalization",
            "BatchNormalization",
            "Div",
            "Reciprocal");
    private static final Set<String> NORM_PARTS = Set.of(
            "Sub",
            "Mul",
            "Add",
            "Cast",
            "Pow",
            "Sqrt",
            "ReduceMean",
            "Reshape",
            "Transpose",
            "QuantizeLinear",
            "DequantizeLinear");
    private static final Set<String> POOLS = Set.of("MaxPool", "AveragePool", "LpPool", "NhwcMaxPool");

    private Operators() {}

    static boolean any(Collection<OnnxNodeProto> nodes, Set<String> operators) {
        return nodes.stream().anyMatch(node -> operators.contains(node.getOpType()));
    }

    static boolean isNorm(OnnxNodeProto node) {
        return NORMS.contains(node.getOpType());
    }

    /** Whether the node may be a step of a normalisation that is written in single operators. */
    static boolean isPartOfNorm(OnnxNodeProto node) {
        return isNorm(node) || NORM_PARTS.contains(node.getOpType());
    }

    /** Attention multiplies two things that both come from the image; a linear layer has weights on one side. */
    static boolean attends(DataFlow flow, OnnxNodeProto node) {
        if (ATTENTION.contains(node.getOpType())) {
            return true;
        }
        boolean isProduct = WEIGHTED.contains(node.getOpType()) && !CONVOLUTIONS.contains(node.getOpType());
        int second = node.getOpType().equals("QLinearMatMul") ? 3 : 1;
        return isProduct
                && node.getInputCount() > second
                && flow.isData(node.getInput(0))
                && flow.isData(node.getInput(second));
    }

    /** A convolution or pooling that makes a feature map smaller. */
    static boolean isDownsampling(OnnxNodeProto node) {
        boolean canStride = CONVOLUTIONS.contains(node.getOpType()) || POOLS.contains(node.getOpType());
        return canStride && integers(node, "strides").stream().anyMatch(stride -> stride > 1);
    }

    static List<Long> integers(OnnxNodeProto node, String attribute) {
        return node.getAttributeList().stream()
                .filter(a -> a.getName().equals(attribute))
                .map(OnnxAttributeProto::getIntsList)
                .findFirst()
                .orElse(List.of());
    }
}

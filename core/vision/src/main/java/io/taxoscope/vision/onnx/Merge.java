package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A residual connection: {@code sum = before + branch(before)}, or {@code shortcut(before) + branch(before)} where a
 * convolutional network changes its width.
 */
record Merge(String before, String sum, boolean attention, boolean convolution) {
    private static final Set<String> SUMS = Set.of("Add", "Sum");
    private static final Set<String> FUSED_ATTENTION =
            Set.of("Attention", "MultiHeadAttention", "GroupQueryAttention", "PackedAttention");
    private static final Set<String> WEIGHTED = Set.of(
            "MatMul",
            "Gemm",
            "Conv",
            "Einsum",
            "FusedMatMul",
            "FusedConv",
            "MatMulInteger",
            "QLinearMatMul",
            "QLinearConv");
    private static final Set<String> CONVOLUTIONS = Set.of("Conv", "FusedConv", "QLinearConv");
    /** Operators that pass the stream on unchanged, but perhaps for its shape or type. */
    private static final Set<String> TRANSPARENT =
            Set.of("Identity", "Cast", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze");

    /** Recognises the merge that ends at the spine tensor {@code sum} and began at the one before it. */
    static @Nullable Merge between(DataFlow flow, String before, String sum) {
        Integer position = flow.producer(sum);
        if (position == null || !SUMS.contains(flow.node(position).getOpType())) {
            return null;
        }
        List<String> operands = flow.dataInputs(position);
        if (operands.size() != 2) {
            return null;
        }
        List<OnnxNodeProto> left = branch(flow, before, operands.getFirst());
        List<OnnxNodeProto> right = branch(flow, before, operands.getLast());
        boolean identity = isPassedOn(flow, before, left, operands.getFirst())
                || isPassedOn(flow, before, right, operands.getLast());
        boolean projection = has(left, CONVOLUTIONS) && has(right, CONVOLUTIONS);
        List<OnnxNodeProto> both = new ArrayList<>(left);
        both.addAll(right);
        boolean attention = both.stream().anyMatch(node -> attends(flow, node));
        if ((!identity && !projection) || (!attention && !has(both, WEIGHTED))) {
            return null;
        }
        return new Merge(before, sum, attention, has(both, CONVOLUTIONS));
    }

    /** Nodes on the paths from {@code before} to {@code operand}. */
    private static List<OnnxNodeProto> branch(DataFlow flow, String before, String operand) {
        Set<Integer> seen = new HashSet<>();
        List<OnnxNodeProto> nodes = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(operand));
        while (!open.isEmpty()) {
            String tensor = open.removeLast();
            Integer position = tensor.equals(before) ? null : flow.producer(tensor);
            if (position != null && seen.add(position)) {
                nodes.add(flow.node(position));
                open.addAll(flow.dataInputs(position));
            }
        }
        return nodes;
    }

    private static boolean isPassedOn(DataFlow flow, String before, List<OnnxNodeProto> branch, String operand) {
        return operand.equals(before)
                || (!branch.isEmpty()
                        && branch.stream().allMatch(node -> TRANSPARENT.contains(node.getOpType()))
                        && flow.isData(operand));
    }

    /** Attention multiplies two things that both come from the image; a linear layer has weights on one side. */
    private static boolean attends(DataFlow flow, OnnxNodeProto node) {
        if (FUSED_ATTENTION.contains(node.getOpType())) {
            return true;
        }
        return WEIGHTED.contains(node.getOpType())
                && !CONVOLUTIONS.contains(node.getOpType())
                && node.getInputList().stream().limit(2).filter(flow::isData).count() == 2;
    }

    private static boolean has(List<OnnxNodeProto> nodes, Set<String> operators) {
        return nodes.stream().anyMatch(node -> operators.contains(node.getOpType()));
    }
}

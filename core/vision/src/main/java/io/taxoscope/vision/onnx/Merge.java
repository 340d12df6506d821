package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A residual connection: {@code sum = before + branch(before)}, or {@code shortcut(before) + branch(before)} where a network
 * changes its width or its number of positions: both sides convolve, or one side attends and the other has weights.
 *
 * @param branch what is added to the stream; absent where either side might be meant
 * @param weights attention weights after the softmax; absent without attention or inside a fused operator
 * @param downsampling whether the branch makes the feature map smaller
 */
record Merge(
        String before,
        String sum,
        @Nullable String branch,
        @Nullable String weights,
        boolean attention,
        boolean convolution,
        boolean downsampling) {

    /** Recognises the merge that ends at the spine tensor {@code sum} and began at the one before it. */
    static @Nullable Merge between(DataFlow flow, String before, String sum) {
        Integer position = flow.producer(sum);
        if (position == null || !Operators.SUMS.contains(flow.node(position).getOpType())) {
            return null;
        }
        List<String> operands = flow.dataInputs(position);
        if (operands.size() != 2) {
            return null;
        }
        Side left = Side.of(flow, before, operands.getFirst());
        Side right = Side.of(flow, before, operands.getLast());
        boolean identity = left.isPassedOn() || right.isPassedOn();
        boolean convolved = left.convolves() && right.convolves();
        boolean pooled = left.attends() != right.attends() && left.hasWeights() && right.hasWeights();
        boolean isWeighted = left.hasWeights() || right.hasWeights();
        if (!isWeighted || !(identity || convolved || pooled)) {
            return null;
        }
        Side branch = identity ? left.isPassedOn() ? right : left : left.attends() ? left : right;
        List<OnnxNodeProto> both = new ArrayList<>(left.nodes());
        both.addAll(right.nodes());
        return new Merge(
                before,
                sum,
                identity || pooled ? branch.operand() : null,
                branch.attentionWeights(flow),
                branch.attends(),
                left.convolves() || right.convolves(),
                both.stream().anyMatch(Operators::isDownsampling));
    }

    /** One of the two things that are added. */
    private record Side(String operand, List<OnnxNodeProto> nodes, boolean isPassedOn, boolean attends) {
        static Side of(DataFlow flow, String before, String operand) {
            List<OnnxNodeProto> nodes = flow.between(before, operand);
            boolean isPassedOn = operand.equals(before)
                    || (!nodes.isEmpty()
                            && nodes.stream().allMatch(node -> Operators.TRANSPARENT.contains(node.getOpType())));
            return new Side(operand, nodes, isPassedOn, nodes.stream().anyMatch(node -> Operators.attends(flow, node)));
        }

        boolean convolves() {
            return Operators.any(nodes, Operators.CONVOLUTIONS);
        }

        boolean hasWeights() {
            return attends || Operators.any(nodes, Operators.WEIGHTED);
        }

        @Nullable String attentionWeights(DataFlow flow) {
            List<OnnxNodeProto> softmaxes = nodes.stream()
                    .filter(node -> Operators.SOFTMAXES.contains(node.getOpType()))
                    .filter(node -> node.getOutputCount() > 0 && flow.isData(node.getOutput(0)))
                    .toList();
            return attends && softmaxes.size() == 1 ? softmaxes.getFirst().getOutput(0) : null;
        }
    }
}

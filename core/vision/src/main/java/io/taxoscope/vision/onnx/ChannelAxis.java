package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a tensor of four axes has its channels second (as convolutions want them) or last (as linear layers do). */
public enum ChannelAxis {
    SECOND,
    LAST,
    /** Nothing that reads or makes the tensor tells. */
    UNKNOWN;

    private static final Set<String> SECOND_WANTED = Set.of(
            "BatchNormalization",
            "InstanceNormalization",
            "GroupNormalization",
            "GlobalAveragePool",
            "MaxPool",
            "AveragePool");
    private static final Set<String> LAST_WANTED = Set.of(
            "LayerNormalization",
            "SimplifiedLayerNormalization",
            "RMSNormalization",
            "MatMul",
            "Gemm",
            "FusedMatMul",
            "MatMulInteger");
    private static final Set<String> KEEPING = Set.of(
            "Add",
            "Sub",
            "Mul",
            "Div",
            "Identity",
            "Cast",
            "Dropout",
            "Relu",
            "Gelu",
            "Sigmoid",
            "Erf",
            "Clip",
            "HardSwish",
            "QuantizeLinear",
            "DequantizeLinear",
            "Pad",
            "Slice",
            "Concat");
    private static final int RANK = 4;

    /** A tensor on the way, and which axis of it is the last axis of the tensor that is asked about. */
    private record Step(String tensor, int second, int last) {}

    /** Follows the readers of the tensor through operators that keep its axes, and transpositions. */
    static ChannelAxis of(DataFlow flow, String tensor) {
        Deque<Step> open = new ArrayDeque<>(List.of(new Step(tensor, 1, RANK - 1)));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Step step = open.removeFirst();
            for (int reader : seen.add(step.tensor()) ? flow.readers(step.tensor()) : List.<Integer>of()) {
                OnnxNodeProto node = flow.node(reader);
                ChannelAxis told = told(node, step);
                if (told != UNKNOWN) {
                    return told;
                }
                if (KEEPING.contains(node.getOpType())) {
                    node.getOutputList().forEach(made -> open.add(new Step(made, step.second(), step.last())));
                } else if (node.getOpType().equals("Transpose")
                        && Operators.integers(node, "perm").size() == RANK) {
                    List<Long> perm = Operators.integers(node, "perm");
                    int second = perm.indexOf((long) step.second());
                    int last = perm.indexOf((long) step.last());
                    node.getOutputList().forEach(made -> open.add(new Step(made, second, last)));
                }
            }
        }
        return UNKNOWN;
    }

    private static ChannelAxis told(OnnxNodeProto node, Step step) {
        String operator = node.getOpType();
        int wanted;
        if (Operators.CONVOLUTIONS.contains(operator) || SECOND_WANTED.contains(operator)) {
            wanted = 1;
        } else if (LAST_WANTED.contains(operator)
                && !node.getInputList().isEmpty()
                && node.getInput(0).equals(step.tensor())) {
            wanted = RANK - 1;
        } else if (operator.equals("ReduceMean")) {
            return reduced(node, step);
        } else {
            return UNKNOWN;
        }
        return step.last() == wanted ? LAST : step.second() == wanted ? SECOND : UNKNOWN;
    }

    /** A mean over one axis belongs to a norm over the channels, one over two axes pools the positions. */
    private static ChannelAxis reduced(OnnxNodeProto node, Step step) {
        List<Long> axes = Operators.integers(node, "axes").stream()
                .map(axis -> axis < 0 ? axis + RANK : axis)
                .toList();
        if (axes.size() == 1) {
            return axes.contains((long) step.last()) ? LAST : axes.contains((long) step.second()) ? SECOND : UNKNOWN;
        }
        if (axes.size() == 2) {
            boolean poolsLast = axes.contains((long) step.last());
            boolean poolsSecond = axes.contains((long) step.second());
            return poolsLast == poolsSecond ? UNKNOWN : poolsLast ? SECOND : LAST;
        }
        return UNKNOWN;
    }
}

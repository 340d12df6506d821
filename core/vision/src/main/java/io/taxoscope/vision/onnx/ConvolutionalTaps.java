package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.FoundTap.Role;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Names the points of a convolutional network: its residual blocks, and the last tensor of each resolution. */
final class ConvolutionalTaps {
    private static final Set<String> FLATTENING = Set.of(
            "GlobalAveragePool", "GlobalMaxPool", "ReduceMean", "Flatten", "Reshape", "Gemm", "MatMul", "Squeeze");

    private final DataFlow flow;
    private final List<FoundTap> taps = new ArrayList<>();

    ConvolutionalTaps(DataFlow flow) {
        this.flow = flow;
    }

    /** Blocks are residual sums; a stage ends where the next block, or what lies before it, makes the feature map smaller. */
    List<FoundTap> ofBlocks(List<Merge> merges) {
        taps.add(new FoundTap("embeddings", merges.getFirst().before(), -1));
        int stage = 0;
        for (int depth = 0; depth < merges.size(); depth++) {
            String sum = merges.get(depth).sum();
            String activated = activationOf(sum);
            if (!activated.equals(sum)) {
                taps.add(new FoundTap("blocks." + depth + ".resid_sum", sum, depth, Role.PART));
            }
            taps.add(new FoundTap("blocks." + depth + ".resid_post", activated, depth));
            if (depth == merges.size() - 1 || isSmaller(activated, merges.get(depth + 1))) {
                taps.add(new FoundTap("stages." + stage + ".out", activated, depth, Role.PART));
                stage++;
            }
        }
        return taps;
    }

    /** A network without residual sums: the last tensor before each step to a smaller feature map, convolutions before it. */
    List<FoundTap> ofStages(List<String> spine) {
        String last = null;
        boolean hasWeights = false;
        for (String tensor : spine) {
            List<OnnxNodeProto> step = flow.between(last == null ? flow.image() : last, tensor);
            boolean isSmaller = step.stream().anyMatch(Operators::isDownsampling);
            boolean isFlat = Operators.any(step, FLATTENING);
            if (last != null && hasWeights && (isSmaller || isFlat)) {
                taps.add(new FoundTap("stages." + taps.size() + ".out", last, taps.size()));
                hasWeights = false;
            }
            if (isFlat) {
                break;
            }
            hasWeights |= Operators.any(step, Operators.CONVOLUTIONS);
            last = tensor;
        }
        return taps;
    }

    private boolean isSmaller(String end, Merge next) {
        return next.downsampling() || flow.between(end, next.before()).stream().anyMatch(Operators::isDownsampling);
    }

    /**
     * What the next block reads: the sum itself, or the activation function that is its only reader (ResNet v1). A quantiser takes
     * a Relu into the range to which it rounds: then it is the rounded sum.
     */
    private String activationOf(String sum) {
        String at = sum;
        boolean isRounded = false;
        for (int step = 0; step < 4; step++) {
            List<Integer> readers = flow.readers(at);
            if (readers.size() != 1) {
                break;
            }
            OnnxNodeProto reader = flow.node(readers.getFirst());
            if (Operators.ACTIVATIONS.contains(reader.getOpType())) {
                return reader.getOutput(0);
            }
            isRounded |= reader.getOpType().equals("DequantizeLinear");
            if (!Operators.TRANSPARENT.contains(reader.getOpType())) {
                break;
            }
            at = reader.getOutput(0);
        }
        return isRounded ? at : sum;
    }
}

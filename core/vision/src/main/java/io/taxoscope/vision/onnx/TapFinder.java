package io.taxoscope.vision.onnx;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the residual stream by the structure of the graph, whatever the exporter called its nodes: the sums on the spine
 * where a skip and a branch with weights meet. A branch with attention starts a block of a transformer.
 */
public final class TapFinder {
    private static final Set<String> ACTIVATIONS = Set.of("Relu", "LeakyRelu", "PRelu", "Clip", "Elu", "HardSwish");

    private final OnnxModel model;
    private final DataFlow flow;
    private final List<String> outputs;

    public TapFinder(OnnxModel model, String image) {
        this.model = model;
        this.flow = new DataFlow(model.graph(), image);
        this.outputs = model.graph().getOutputList().stream()
                .map(OnnxValueInfoProto::getName)
                .filter(flow::isData)
                .toList();
    }

    /** Every tap, or {@link VisionError#NO_TAPS_FOUND} with what could be done. */
    public FoundTaps find() {
        List<String> spine = List.of();
        List<Merge> merges = List.of();
        // A graph may have several outputs; the one behind the most residual connections is the encoder's.
        for (String output : outputs) {
            List<String> candidate = Spine.of(flow, output).tensors();
            List<Merge> found = merges(candidate);
            if (found.size() > merges.size()) {
                spine = candidate;
                merges = found;
            }
        }
        if (merges.isEmpty()) {
            throw new TaxoscopeException(
                    VisionError.NO_TAPS_FOUND, "no residual stream found in the graph: " + advice());
        }
        boolean transformer =
                merges.stream().noneMatch(Merge::convolution) || merges.stream().anyMatch(Merge::attention);
        List<FoundTap> taps = transformer ? transformerTaps(merges) : convolutionalTaps(merges);
        return new FoundTaps(
                transformer ? ModelKind.TRANSFORMER : ModelKind.CONVOLUTIONAL,
                taps,
                transformer ? concatBefore(spine, merges.getFirst().before()) : null);
    }

    /** The tensors that the user named, in the user's order. */
    public FoundTaps named(List<String> tensors) {
        for (String tensor : tensors) {
            if (!flow.isData(tensor) || tensor.equals(flow.image())) {
                throw new TaxoscopeException(
                        VisionError.UNKNOWN_TENSOR,
                        "the graph computes no tensor '%s' from the image '%s'".formatted(tensor, flow.image()));
            }
        }
        List<FoundTap> taps = new ArrayList<>();
        for (String tensor : tensors) {
            taps.add(new FoundTap(tensor, tensor, taps.size()));
        }
        return new FoundTaps(ModelKind.UNKNOWN, taps, anyConcat());
    }

    private List<Merge> merges(List<String> spine) {
        List<Merge> merges = new ArrayList<>();
        for (int i = 1; i < spine.size(); i++) {
            Merge merge = Merge.between(flow, spine.get(i - 1), spine.get(i));
            if (merge != null) {
                merges.add(merge);
            }
        }
        return merges;
    }

    private List<FoundTap> transformerTaps(List<Merge> merges) {
        List<List<Merge>> blocks = blocks(merges);
        List<FoundTap> taps = new ArrayList<>();
        taps.add(new FoundTap("embeddings", blocks.getFirst().getFirst().before(), -1));
        for (int depth = 0; depth < blocks.size(); depth++) {
            List<Merge> block = blocks.get(depth);
            if (block.size() > 1) {
                taps.add(new FoundTap(
                        "blocks." + depth + ".resid_mid", block.getFirst().sum(), depth));
            }
            taps.add(new FoundTap(
                    "blocks." + depth + ".resid_post", block.getLast().sum(), depth));
        }
        return taps;
    }

    /** Attention starts a block; an MLP that directly follows it belongs to it; an MLP after the last block is a head. */
    private static List<List<Merge>> blocks(List<Merge> merges) {
        List<List<Merge>> blocks = new ArrayList<>();
        for (Merge merge : merges) {
            List<Merge> last = blocks.isEmpty() ? List.of() : blocks.getLast();
            boolean continues = !merge.attention()
                    && last.size() == 1
                    && last.getFirst().attention()
                    && last.getFirst().sum().equals(merge.before());
            if (continues) {
                last.add(merge);
            } else {
                blocks.add(new ArrayList<>(List.of(merge)));
            }
        }
        boolean hasAttention = merges.stream().anyMatch(Merge::attention);
        while (hasAttention && !blocks.getLast().getFirst().attention()) {
            blocks.removeLast();
        }
        return blocks;
    }

    private List<FoundTap> convolutionalTaps(List<Merge> merges) {
        List<FoundTap> taps = new ArrayList<>();
        taps.add(new FoundTap("embeddings", merges.getFirst().before(), -1));
        for (int depth = 0; depth < merges.size(); depth++) {
            String sum = merges.get(depth).sum();
            String activated = activationOf(sum);
            if (!activated.equals(sum)) {
                taps.add(new FoundTap("blocks." + depth + ".resid_sum", sum, depth));
            }
            taps.add(new FoundTap("blocks." + depth + ".resid_post", activated, depth));
        }
        return taps;
    }

    /** What the next block reads: the sum itself, or the activation function that is its only reader (ResNet v1). */
    private String activationOf(String sum) {
        List<Integer> readers = flow.readers(sum);
        if (readers.size() != 1) {
            return sum;
        }
        OnnxNodeProto reader = flow.node(readers.getFirst());
        return ACTIVATIONS.contains(reader.getOpType()) ? reader.getOutput(0) : sum;
    }

    private @Nullable TokenConcat concatBefore(List<String> spine, String embeddings) {
        for (String tensor : spine.subList(0, spine.indexOf(embeddings) + 1)) {
            TokenConcat concat = concatAt(tensor);
            if (concat != null) {
                return concat;
            }
        }
        return null;
    }

    private @Nullable TokenConcat anyConcat() {
        for (String output : outputs) {
            for (String tensor : Spine.of(flow, output).tensors()) {
                TokenConcat concat = concatAt(tensor);
                if (concat != null) {
                    return concat;
                }
            }
        }
        return null;
    }

    private @Nullable TokenConcat concatAt(String tensor) {
        Integer position = flow.producer(tensor);
        if (position == null) {
            return null;
        }
        OnnxNodeProto node = flow.node(position);
        List<String> patches = flow.dataInputs(position);
        if (!node.getOpType().equals("Concat")
                || patches.size() != 1
                || node.getInputCount() < 2
                || !isTokenAxis(node)) {
            return null;
        }
        int at = node.getInputList().indexOf(patches.getFirst());
        if (at != node.getInputCount() - 1) {
            throw new TaxoscopeException(
                    VisionError.UNSUPPORTED_INPUT,
                    "the graph puts learned tokens behind its patches ('%s'), which is not supported"
                            .formatted(tensor));
        }
        return new TokenConcat(node.getInputList().subList(0, at), patches.getFirst());
    }

    private static boolean isTokenAxis(OnnxNodeProto concat) {
        return concat.getAttributeList().stream()
                .filter(a -> a.getName().equals("axis"))
                .mapToLong(OnnxAttributeProto::getI)
                .anyMatch(axis -> axis == 1 || axis == -2);
    }

    private String advice() {
        if (model.hasLocalFunctions()) {
            return "the model hides its blocks in ONNX local functions; inline them "
                    + "(onnx.inliner.inline_local_functions) or name the tensors to tap in 'taps'";
        }
        boolean fused = model.graph().getNodeList().stream()
                .anyMatch(node -> node.getOpType().contains("SkipLayerNormalization"));
        return fused
                ? "an optimiser has fused the sums into SkipLayerNormalization; export without optimisation"
                : "it has no sum of a skip and a branch with weights; name the tensors to tap in 'taps'";
    }
}

package io.taxoscope.vision.onnx;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the residual stream by the structure of the graph, whatever the exporter called its nodes: the sums on the spine
 * where a skip and a branch with weights meet. A branch with attention starts a block of a transformer.
 */
public final class TapFinder {
    private static final int MOST_SHOWN = 24;
    private static final int MAP_RANK = 4;

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

    /** Every tap, or {@link VisionError#NO_TAPS_FOUND} with what was found and what could be done. */
    public FoundTaps find() {
        List<String> spine = List.of();
        List<Merge> merges = List.of();
        // A graph may have several outputs; the one behind the most residual connections is the encoder's.
        for (String output : outputs) {
            List<String> candidate = Spine.of(flow, output).tensors();
            List<Merge> found = merges(candidate);
            if (spine.isEmpty() || found.size() > merges.size()) {
                spine = candidate;
                merges = found;
            }
        }
        if (merges.isEmpty()) {
            return stages(spine);
        }
        boolean transformer =
                merges.stream().noneMatch(Merge::convolution) || merges.stream().anyMatch(Merge::attention);
        if (!transformer) {
            return new FoundTaps(ModelKind.CONVOLUTIONAL, new ConvolutionalTaps(flow).ofBlocks(merges), null, null);
        }
        List<FoundTap> taps = new TransformerTaps(flow, spine, merges).find();
        String embeddings = taps.getFirst().tensor();
        return new FoundTaps(ModelKind.TRANSFORMER, taps, concatBefore(spine, embeddings), patchMap(spine, embeddings));
    }

    private FoundTaps stages(List<String> spine) {
        boolean attends = model.graph().getNodeList().stream().anyMatch(node -> Operators.attends(flow, node));
        List<FoundTap> taps = attends ? List.of() : new ConvolutionalTaps(flow).ofStages(spine);
        if (taps.size() < 2) {
            throw new TaxoscopeException(VisionError.NO_TAPS_FOUND, advice(spine));
        }
        return new FoundTaps(ModelKind.CONVOLUTIONAL, taps, null, null);
    }

    /** Which axis of a tensor holds the channels, for graphs whose shapes do not say. */
    public ChannelAxis channelAxis(String tensor) {
        return ChannelAxis.of(flow, tensor);
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
        return new FoundTaps(ModelKind.UNKNOWN, taps, anyConcat(), null);
    }

    private @Nullable String patchMap(List<String> spine, String embeddings) {
        String map = null;
        for (String tensor : spine.subList(0, spine.indexOf(embeddings) + 1)) {
            OnnxNodeProto node = flow.node(Objects.requireNonNull(flow.producer(tensor)));
            int rank = node.getOpType().equals("Transpose")
                    ? Operators.integers(node, "perm").size()
                    : 0;
            if (Operators.CONVOLUTIONS.contains(node.getOpType())) {
                map = tensor;
            } else if (rank > MAP_RANK || node.getOpType().startsWith("Gather")) {
                return null;
            }
        }
        return map;
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
        List<String> parts = node.getInputList();
        int at = parts.indexOf(patches.getFirst());
        return new TokenConcat(parts.subList(0, at), patches.getFirst(), parts.subList(at + 1, parts.size()));
    }

    private static boolean isTokenAxis(OnnxNodeProto concat) {
        return concat.getAttributeList().stream()
                .filter(a -> a.getName().equals("axis"))
                .mapToLong(OnnxAttributeProto::getI)
                .anyMatch(axis -> axis == 1 || axis == -2);
    }

    private String advice(List<String> spine) {
        List<String> shown = spine.stream().limit(MOST_SHOWN).toList();
        return ("no residual stream found in the graph: it has no sum of a skip and a branch with weights, and no stages of "
                        + "convolutions. Every path from '%s' to the output passes the tensors %s%s: name those to tap in 'taps'")
                .formatted(
                        flow.image(),
                        shown,
                        spine.size() > MOST_SHOWN ? " and %d more".formatted(spine.size() - MOST_SHOWN) : "");
    }
}

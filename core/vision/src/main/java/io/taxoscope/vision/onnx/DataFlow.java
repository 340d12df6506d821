package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a graph that pixels flow through. A tensor is <em>data</em> when it is computed from the image other than
 * by its shape alone; weights, position embeddings, masks and shape arithmetic are not.
 */
final class DataFlow {
    private static final Set<String> SHAPE_ONLY =
            Set.of("Shape", "Size", "EyeLike", "RandomUniformLike", "RandomNormalLike");

    private final String image;
    private final List<OnnxNodeProto> nodes;
    private final Map<String, Integer> producers = new HashMap<>();
    private final Map<String, List<Integer>> consumers = new HashMap<>();
    private final Set<String> data = new HashSet<>();

    DataFlow(OnnxGraphProto graph, String image) {
        // ONNX requires the nodes of a graph to be sorted topologically, so one pass sees every input before its use.
        this.image = image;
        nodes = graph.getNodeList();
        data.add(image);
        for (int i = 0; i < nodes.size(); i++) {
            OnnxNodeProto node = nodes.get(i);
            boolean reached = false;
            for (String input : inputsOf(node)) {
                if (data.contains(input)) {
                    reached = true;
                    consumers.computeIfAbsent(input, x -> new ArrayList<>()).add(i);
                }
            }
            for (String output : node.getOutputList()) {
                producers.put(output, i);
                if (reached && !output.isEmpty() && !SHAPE_ONLY.contains(node.getOpType())) {
                    data.add(output);
                }
            }
        }
    }

    String image() {
        return image;
    }

    OnnxNodeProto node(int position) {
        return nodes.get(position);
    }

    boolean isData(String tensor) {
        return data.contains(tensor);
    }

    /** Position of the node that makes the tensor; absent for graph inputs and weights. */
    @Nullable Integer producer(String tensor) {
        return producers.get(tensor);
    }

    /** Positions of the nodes that read the tensor for its values, ascending; empty unless it is data. */
    List<Integer> readers(String tensor) {
        return consumers.getOrDefault(tensor, List.of()).stream()
                .filter(i -> !SHAPE_ONLY.contains(nodes.get(i).getOpType()))
                .toList();
    }

    List<String> dataInputs(int position) {
        return inputsOf(nodes.get(position)).stream().filter(data::contains).toList();
    }

    /** Positions of all nodes on a path from the image to the tensor. */
    Set<Integer> ancestors(String tensor) {
        Set<Integer> seen = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(tensor));
        while (!open.isEmpty()) {
            Integer position = producers.get(open.removeLast());
            if (position != null && seen.add(position)) {
                open.addAll(dataInputs(position));
            }
        }
        return seen;
    }

    /** Nodes on the paths from one tensor, which is left out, to a later one. */
    List<OnnxNodeProto> between(String earlier, String later) {
        Set<Integer> seen = new HashSet<>();
        List<OnnxNodeProto> found = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(later));
        while (!open.isEmpty()) {
            String tensor = open.removeLast();
            Integer position = tensor.equals(earlier) ? null : producers.get(tensor);
            if (position != null && seen.add(position)) {
                found.add(nodes.get(position));
                open.addAll(dataInputs(position));
            }
        }
        return found;
    }

    /** Inputs of a node, with the outer tensors that its subgraphs (If, Loop, Scan) capture. */
    static Set<String> inputsOf(OnnxNodeProto node) {
        if (node.getAttributeList().stream().noneMatch(a -> a.hasG() || a.getGraphsCount() > 0)) {
            return new LinkedHashSet<>(node.getInputList());
        }
        Set<String> names = new LinkedHashSet<>(node.getInputList());
        for (OnnxAttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                collect(attribute.getG(), names);
            }
            attribute.getGraphsList().forEach(graph -> collect(graph, names));
        }
        return names;
    }

    private static void collect(OnnxGraphProto graph, Set<String> names) {
        graph.getNodeList().forEach(node -> names.addAll(inputsOf(node)));
    }
}

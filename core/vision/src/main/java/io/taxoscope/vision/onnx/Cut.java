package io.taxoscope.vision.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorTypeProto;
import io.taxoscope.vision.onnx.ir.OnnxTypeProto;
import io.taxoscope.vision.onnx.ir.OnnxValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph cut open at a tensor: the rest of the model, which computes an output from that tensor, as a graph of its own. What
 * the rest reads of the image without passing the tensor (a skip connection, a shape) becomes a further input, its
 * {@linkplain #aside()}; what it reads of weights alone comes along.
 */
public final class Cut {
    private static final int VALUE_INFO = 13;

    private final OnnxModel model;
    private final String tensor;
    private final String output;
    private final Map<String, Integer> producers = new HashMap<>();
    private final Set<String> ofImage = new HashSet<>();
    private final Set<Integer> behind = new HashSet<>();
    private final Set<Integer> needed = new HashSet<>();
    private final Set<String> aside = new LinkedHashSet<>();

    private Cut(OnnxModel model, String tensor, String output) {
        this.model = model;
        this.tensor = tensor;
        this.output = output;
    }

    /**
     * @param tensor what becomes an input
     * @param output what is still computed
     * @throws TaxoscopeException {@code NOT_SPLICEABLE} when the output does not depend on the tensor
     */
    public static Cut of(OnnxModel model, String tensor, String output) {
        Cut cut = new Cut(model, tensor, output);
        String image = model.imageInput().name();
        cut.follow(image);
        Integer last = cut.producers.get(output);
        if (last == null || !cut.behind.contains(last)) {
            throw new TaxoscopeException(
                    VisionError.NOT_SPLICEABLE,
                    "the output '%s' is not computed from the tensor '%s'; look at another output, or an earlier tap"
                            .formatted(output, tensor));
        }
        cut.collect(output);
        if (cut.aside.contains(image)) {
            throw new TaxoscopeException(
                    VisionError.NOT_SPLICEABLE, "the graph reads the pixels again behind '%s'".formatted(tensor));
        }
        return cut;
    }

    /** Tensors that the rest reads beside the one it was cut at; the whole graph can give them as outputs. */
    public List<String> aside() {
        return List.copyOf(aside);
    }

    /**
     * The rest as a model.
     *
     * @param elementTypes ONNX's number of the element type of the tensor and of each one {@linkplain #aside() aside}
     */
    public ByteString rest(Map<String, Integer> elementTypes) {
        OnnxGraphProto whole = model.graph();
        Set<String> read = new HashSet<>();
        OnnxGraphProto.Builder rest =
                whole.toBuilder().clearNode().clearInput().clearOutput().clearInitializer();
        for (int i = 0; i < whole.getNodeCount(); i++) {
            if (needed.contains(i)) {
                rest.addNode(whole.getNode(i));
                read.addAll(DataFlow.inputsOf(whole.getNode(i)));
            }
        }
        rest.addInput(input(tensor, elementTypes));
        aside.forEach(name -> rest.addInput(input(name, elementTypes)));
        Set<String> weights = new HashSet<>();
        for (OnnxTensorProto weight : whole.getInitializerList()) {
            if (read.contains(weight.getName())) {
                rest.addInitializer(weight);
                weights.add(weight.getName());
            }
        }
        // Before version 4 of the representation a weight had to be an input too.
        whole.getInputList().stream()
                .filter(input -> weights.contains(input.getName()))
                .forEach(rest::addInput);
        whole.getOutputList().stream().filter(o -> o.getName().equals(output)).forEach(rest::addOutput);
        rest.setUnknownFields(UnknownFieldSet.newBuilder(whole.getUnknownFields())
                .clearField(VALUE_INFO)
                .build());
        return model.withGraph(rest.build());
    }

    /** Finds what is computed from the image at all, and which nodes are computed from the tensor. */
    private void follow(String image) {
        Set<String> ofTensor = new HashSet<>(Set.of(tensor));
        ofImage.add(image);
        List<OnnxNodeProto> nodes = model.graph().getNodeList();
        for (int i = 0; i < nodes.size(); i++) {
            Set<String> inputs = DataFlow.inputsOf(nodes.get(i));
            boolean isBehind = inputs.stream().anyMatch(ofTensor::contains);
            boolean isOfImage = inputs.stream().anyMatch(ofImage::contains);
            if (isBehind) {
                behind.add(i);
            }
            for (String made : nodes.get(i).getOutputList()) {
                producers.put(made, i);
                if (isBehind) {
                    ofTensor.add(made);
                }
                if (isOfImage) {
                    ofImage.add(made);
                }
            }
        }
    }

    /** Walks from the output back to the tensor, to what lies aside and to the weights. */
    private void collect(String last) {
        List<String> open = new ArrayList<>(List.of(last));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String name = open.removeLast();
            Integer producer = producers.get(name);
            if (name.equals(tensor) || (producer == null && !ofImage.contains(name))) {
                continue;
            }
            if (producer == null || (ofImage.contains(name) && !behind.contains(producer))) {
                aside.add(name);
            } else if (needed.add(producer)) {
                DataFlow.inputsOf(model.graph().getNode(producer)).stream()
                        .filter(seen::add)
                        .forEach(open::add);
            }
        }
    }

    private static OnnxValueInfoProto input(String name, Map<String, Integer> elementTypes) {
        Integer type = elementTypes.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no element type for " + name);
        }
        return OnnxValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxTypeProto.newBuilder()
                        .setTensorType(OnnxTensorTypeProto.newBuilder().setElemType(type)))
                .build();
    }
}

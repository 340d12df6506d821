package io.taxoscope.vision.onnx;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxFunctionProto;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxOperatorSetProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Puts the nodes of a model's local functions in place of their calls, as the ONNX IR specification defines a call ("Functions"):
 * formal names become the caller's, other names get a prefix of the call's own, and attributes take the call's value or their
 * default.
 */
final class Inlining {
    /** Calls within calls; and nodes in all, so that functions that call functions twice cannot grow without end. */
    private static final int DEEPEST = 64;

    private static final int MOST_NODES = 1_000_000;

    private final Map<Signature, OnnxFunctionProto> functions = new HashMap<>();
    private int calls;
    private int nodes;

    private record Signature(String domain, String name, String overload) {
        static Signature of(OnnxNodeProto call) {
            return new Signature(call.getDomain(), call.getOpType(), call.getOverload());
        }
    }

    private Inlining(List<OnnxFunctionProto> functions) {
        for (OnnxFunctionProto function : functions) {
            this.functions.put(
                    new Signature(function.getDomain(), function.getName(), function.getOverload()), function);
        }
    }

    /** The same computation without local functions; the model itself when it has none. */
    static OnnxModelProto of(OnnxModelProto model) {
        if (model.getFunctionsCount() == 0) {
            return model;
        }
        Inlining inlining = new Inlining(model.getFunctionsList());
        return model.toBuilder()
                .clearFunctions()
                .clearOpsetImport()
                .addAllOpsetImport(operatorSets(model))
                .setGraph(inlining.graph(model.getGraph(), 0))
                .build();
    }

    private static List<OnnxOperatorSetProto> operatorSets(OnnxModelProto model) {
        Map<String, OnnxOperatorSetProto> sets = new java.util.LinkedHashMap<>();
        model.getOpsetImportList().forEach(set -> sets.put(set.getDomain(), set));
        for (OnnxFunctionProto function : model.getFunctionsList()) {
            for (OnnxOperatorSetProto set : function.getOpsetImportList()) {
                OnnxOperatorSetProto known = sets.putIfAbsent(set.getDomain(), set);
                if (known != null && known.getVersion() != set.getVersion()) {
                    throw refused(
                            "the local function %s is written in version %d of the operators '%s', the graph in %d"
                                    .formatted(
                                            function.getName(), set.getVersion(), set.getDomain(), known.getVersion()));
                }
            }
        }
        return List.copyOf(sets.values());
    }

    private OnnxGraphProto graph(OnnxGraphProto graph, int depth) {
        List<OnnxNodeProto> inlined = new ArrayList<>();
        graph.getNodeList().forEach(node -> add(node, inlined, depth));
        return graph.toBuilder().clearNode().addAllNode(inlined).build();
    }

    private void add(OnnxNodeProto node, List<OnnxNodeProto> to, int depth) {
        if (depth > DEEPEST || ++nodes > MOST_NODES) {
            throw refused("its local functions call each other more than %d deep or make more than %d nodes"
                    .formatted(DEEPEST, MOST_NODES));
        }
        OnnxFunctionProto function = functions.get(Signature.of(node));
        if (function == null) {
            to.add(withSubgraphs(node, depth));
        } else {
            for (OnnxNodeProto inner : body(node, function)) {
                add(inner, to, depth + 1);
            }
        }
    }

    private OnnxNodeProto withSubgraphs(OnnxNodeProto node, int depth) {
        if (node.getAttributeList().stream().noneMatch(a -> a.hasG() || a.getGraphsCount() > 0)) {
            return node;
        }
        OnnxNodeProto.Builder changed = node.toBuilder().clearAttribute();
        for (OnnxAttributeProto attribute : node.getAttributeList()) {
            OnnxAttributeProto.Builder inner = attribute.toBuilder();
            if (attribute.hasG()) {
                inner.setG(graph(attribute.getG(), depth + 1));
            }
            inner.clearGraphs();
            attribute.getGraphsList().forEach(g -> inner.addGraphs(graph(g, depth + 1)));
            changed.addAttribute(inner);
        }
        return changed.build();
    }

    private List<OnnxNodeProto> body(OnnxNodeProto call, OnnxFunctionProto function) {
        String prefix = "%s#%d/".formatted(call.getName().isEmpty() ? call.getOpType() : call.getName(), calls++);
        Map<String, String> names = new HashMap<>();
        names.put("", "");
        for (int i = 0; i < function.getInputCount(); i++) {
            names.put(function.getInput(i), i < call.getInputCount() ? call.getInput(i) : "");
        }
        List<OnnxNodeProto> body = new ArrayList<>();
        for (int i = 0; i < Math.min(function.getOutputCount(), call.getOutputCount()); i++) {
            String formal = function.getOutput(i);
            String passedOn = call.getOutput(i).isEmpty() ? null : names.putIfAbsent(formal, call.getOutput(i));
            if (passedOn != null) {
                body.add(OnnxNodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput(passedOn)
                        .addOutput(call.getOutput(i))
                        .build());
            }
        }
        Map<String, OnnxAttributeProto> attributes = new HashMap<>();
        function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
        call.getAttributeList().forEach(a -> attributes.put(a.getName(), a));
        function.getNodeList().forEach(node -> body.add(renamed(node, prefix, names, attributes)));
        return body;
    }

    private static OnnxNodeProto renamed(
            OnnxNodeProto node, String prefix, Map<String, String> names, Map<String, OnnxAttributeProto> attributes) {
        OnnxNodeProto.Builder changed =
                node.toBuilder().clearInput().clearOutput().clearAttribute().setName(prefix + node.getName());
        node.getInputList().forEach(name -> changed.addInput(name(name, prefix, names)));
        node.getOutputList().forEach(name -> changed.addOutput(name(name, prefix, names)));
        for (OnnxAttributeProto attribute : node.getAttributeList()) {
            if (!attribute.hasRefAttrName()) {
                changed.addAttribute(renamed(attribute, prefix, names, attributes));
            } else if (attributes.containsKey(attribute.getRefAttrName())) {
                changed.addAttribute(Objects.requireNonNull(attributes.get(attribute.getRefAttrName())).toBuilder()
                        .setName(attribute.getName()));
            }
        }
        return changed.build();
    }

    private static OnnxAttributeProto renamed(
            OnnxAttributeProto attribute,
            String prefix,
            Map<String, String> names,
            Map<String, OnnxAttributeProto> attributes) {
        if (!attribute.hasG() && attribute.getGraphsCount() == 0) {
            return attribute;
        }
        OnnxAttributeProto.Builder changed = attribute.toBuilder().clearGraphs();
        if (attribute.hasG()) {
            changed.setG(renamed(attribute.getG(), prefix, names, attributes));
        }
        attribute.getGraphsList().forEach(g -> changed.addGraphs(renamed(g, prefix, names, attributes)));
        return changed.build();
    }

    private static OnnxGraphProto renamed(
            OnnxGraphProto graph,
            String prefix,
            Map<String, String> names,
            Map<String, OnnxAttributeProto> attributes) {
        OnnxGraphProto.Builder changed = graph.toBuilder().clearNode();
        graph.getNodeList().forEach(node -> changed.addNode(renamed(node, prefix, names, attributes)));
        changed.getInputBuilderList().forEach(input -> input.setName(name(input.getName(), prefix, names)));
        changed.getOutputBuilderList().forEach(output -> output.setName(name(output.getName(), prefix, names)));
        changed.getInitializerBuilderList().forEach(weight -> weight.setName(name(weight.getName(), prefix, names)));
        return changed.build();
    }

    private static String name(String inner, String prefix, Map<String, String> names) {
        String known = names.get(inner);
        return known == null ? prefix + inner : known;
    }

    private static TaxoscopeException refused(String why) {
        return new TaxoscopeException(
                VisionError.MODEL_NOT_RUNNABLE,
                "the model's local functions cannot be inlined: " + why
                        + "; inline them with onnx.inliner.inline_local_functions(model, convert_version=True)");
    }
}

package io.taxoscope.store;

import io.taxoscope.common.TaxoscopeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON at the start of a safetensors file. What comes from outside is checked as if it were hostile. */
record SafetensorsHeader(Map<String, String> metadata, Map<String, TensorInfo> tensors) {
    /** The reference implementation's limit on the header. */
    static final int MAX_BYTES = 100_000_000;

    private static final String METADATA = "__metadata__";

    /** {@code data} is the number of bytes after the header. */
    static SafetensorsHeader parse(byte[] json, long data, String file) {
        if (json.length == 0 || json[0] != '{') {
            throw invalid(file, "its header is no JSON object");
        }
        JsonNode root;
        try {
            root = Json.strict().readTree(json);
        } catch (JacksonException failure) {
            throw StoreError.SAFETENSORS_INVALID.because(
                    file + " is no valid safetensors file: its header is no JSON (" + failure.getOriginalMessage()
                            + ")",
                    failure);
        }
        var metadata = new TreeMap<String, String>();
        var tensors = new LinkedHashMap<String, TensorInfo>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            if (entry.getKey().equals(METADATA)) {
                readMetadata(entry.getValue(), metadata, file);
            } else {
                tensors.put(entry.getKey(), readTensor(entry.getKey(), entry.getValue(), file));
            }
        }
        requireExactCover(
                tensors.values().stream()
                        .sorted(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end))
                        .toList(),
                data,
                file);
        return new SafetensorsHeader(metadata, tensors);
    }

    /** Lays the tensors out one after the other and renders the header, padded so that the data starts aligned. */
    static byte[] render(Map<String, String> metadata, List<Tensor> tensors) {
        ObjectNode root = Json.strict().createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode pairs = root.putObject(METADATA);
            new TreeMap<>(metadata).forEach(pairs::put);
        }
        long at = 0;
        for (Tensor tensor : tensors) {
            ObjectNode entry = root.putObject(tensor.name());
            entry.put("dtype", tensor.dtype().name());
            var shape = entry.putArray("shape");
            tensor.shape().forEach(shape::add);
            long end = Math.addExact(at, tensor.bytes());
            entry.putArray("data_offsets").add(at).add(end);
            at = end;
        }
        byte[] json = Json.line(root);
        int padding = Math.floorMod(-json.length, Long.BYTES);
        return (new String(json, StandardCharsets.UTF_8) + " ".repeat(padding)).getBytes(StandardCharsets.UTF_8);
    }

    private static void readMetadata(JsonNode node, Map<String, String> metadata, String file) {
        if (!node.isObject()) {
            throw invalid(file, METADATA + " is no JSON object");
        }
        for (Map.Entry<String, JsonNode> pair : node.properties()) {
            if (!pair.getValue().isString()) {
                throw invalid(file, METADATA + " has a value that is no string: " + pair.getKey());
            }
            metadata.put(pair.getKey(), pair.getValue().stringValue());
        }
    }

    private static TensorInfo readTensor(String name, JsonNode node, String file) {
        List<Long> offsets = readSizes(node.path("data_offsets"), name, file);
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw invalid(file, "tensor " + name + " has the data_offsets " + node.path("data_offsets"));
        }
        List<Long> shape = readSizes(node.path("shape"), name, file);
        var info =
                new TensorInfo(name, readDType(node.path("dtype"), name, file), shape, offsets.get(0), offsets.get(1));
        requireConsistent(info, file);
        return info;
    }

    private static DType readDType(JsonNode node, String name, String file) {
        String text = node.asString("");
        for (DType dtype : DType.values()) {
            if (dtype.name().equals(text)) {
                return dtype;
            }
        }
        throw invalid(file, "tensor " + name + " has the unknown dtype " + node);
    }

    private static List<Long> readSizes(JsonNode node, String name, String file) {
        if (!node.isArray()) {
            throw invalid(file, "tensor " + name + " lacks dtype, shape or data_offsets");
        }
        var sizes = new ArrayList<Long>();
        for (JsonNode size : node) {
            if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
                throw invalid(file, "tensor " + name + " has the size or offset " + size);
            }
            sizes.add(size.longValue());
        }
        return sizes;
    }

    private static void requireConsistent(TensorInfo info, String file) {
        long bytes;
        try {
            bytes = Math.multiplyExact(info.elements(), info.dtype().bytes());
        } catch (ArithmeticException overflow) {
            throw invalid(file, "tensor " + info.name() + " has a shape beyond 64 bits: " + info.shape());
        }
        if (bytes != info.end() - info.begin()) {
            throw invalid(
                    file,
                    "tensor " + info.name() + " of " + info.dtype() + info.shape() + " needs " + bytes
                            + " bytes, its data_offsets span " + (info.end() - info.begin()));
        }
    }

    /** No overlap, no hole, nothing outside: each tensor begins where the one before it ends. */
    private static void requireExactCover(List<TensorInfo> inOrder, long data, String file) {
        long at = 0;
        for (TensorInfo tensor : inOrder) {
            if (tensor.begin() != at) {
                String what = tensor.begin() < at ? "overlaps the tensor before it" : "leaves a hole before it";
                throw invalid(file, "tensor " + tensor.name() + " " + what);
            }
            at = tensor.end();
        }
        if (at != data) {
            throw invalid(
                    file, "its tensors end at byte " + at + " of " + data + " (truncated, or with bytes appended)");
        }
    }

    private static TaxoscopeException invalid(String file, String why) {
        return StoreError.SAFETENSORS_INVALID.because(file + " is no valid safetensors file: " + why);
    }
}

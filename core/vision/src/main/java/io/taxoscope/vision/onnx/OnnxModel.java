package io.taxoscope.vision.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxOperatorSetProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorProto;
import io.taxoscope.vision.onnx.ir.OnnxValueInfoProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model held as bytes, self-contained and in plain operators: when it is read, weights of an external data file are moved
 * into it, local functions are inlined, fused sums taken apart, and images in half precision taken in single.
 */
public final class OnnxModel {
    private static final long LARGEST = Integer.MAX_VALUE - 16L;

    private final ByteString bytes;
    private final OnnxModelProto proto;

    private OnnxModel(ByteString bytes, OnnxModelProto proto) {
        this.bytes = bytes;
        this.proto = proto;
    }

    /** Reads a model file; external data must lie beside it, under the name that the model gives. */
    @SuppressWarnings("ReferenceEquality") // an unchanged model is the same object, and keeps its bytes
    public static OnnxModel read(Path file) {
        ByteString bytes = contentOf(file);
        OnnxModelProto proto = parse(bytes, file.getFileName().toString());
        OnnxModelProto whole = ExternalData.isUsedBy(proto) ? ExternalData.embed(proto, file) : proto;
        OnnxModelProto plain = HalfInput.widened(Unfused.of(Inlining.of(whole)));
        return new OnnxModel(plain == proto ? bytes : plain.toByteString(), plain);
    }

    /** Names of the files beside the model that it keeps weights in; empty for a model in one file. */
    public static Set<String> externalData(Path file) {
        return ExternalData.files(parse(contentOf(file), file.getFileName().toString()));
    }

    /** Reads the graph without caring for external weights: for looking at it, not for running it. */
    static OnnxModel readStructure(Path file) {
        ByteString bytes = contentOf(file);
        return new OnnxModel(bytes, parse(bytes, file.getFileName().toString()));
    }

    private static ByteString contentOf(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new TaxoscopeException(
                        VisionError.NOT_ONNX,
                        "%s has %d bytes; an ONNX file cannot have more than 2 GiB".formatted(file, Files.size(file)));
            }
            try (var in = Files.newInputStream(file)) {
                return ByteString.readFrom(in, 1 << 20, 1 << 26);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the model " + file, failure);
        }
    }

    private static OnnxModelProto parse(ByteString bytes, String name) {
        OnnxModelProto proto;
        try {
            proto = OnnxModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException failure) {
            throw new TaxoscopeException(
                    VisionError.NOT_ONNX, name + " is not an ONNX model: " + failure.getMessage(), failure);
        }
        // Protobuf accepts many byte strings; an ONNX model has at least a version, an operator set and nodes.
        if (!proto.hasIrVersion()
                || proto.getOpsetImportCount() == 0
                || proto.getGraph().getNodeCount() == 0) {
            throw new TaxoscopeException(
                    VisionError.NOT_ONNX,
                    name + " is not an ONNX model: it has no IR version, no operator set or no graph nodes");
        }
        return proto;
    }

    /** The self-contained model file. */
    public ByteString bytes() {
        return bytes;
    }

    OnnxGraphProto graph() {
        return proto.getGraph();
    }

    /** The one input of the graph, which must be a batch of float32 images as NCHW. */
    public ImageInput imageInput() {
        Set<String> weights = new HashSet<>();
        graph().getInitializerList().forEach(weight -> weights.add(weight.getName()));
        List<OnnxValueInfoProto> inputs = graph().getInputList().stream()
                .filter(input -> !weights.contains(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new TaxoscopeException(
                    VisionError.UNSUPPORTED_INPUT,
                    "the graph takes %d inputs %s; a vision model with exactly one is needed"
                            .formatted(
                                    inputs.size(),
                                    inputs.stream()
                                            .map(OnnxValueInfoProto::getName)
                                            .toList()));
        }
        return ImageInput.of(inputs.getFirst());
    }

    /** Names of the graph's own outputs, in its order. */
    public List<String> outputs() {
        return graph().getOutputList().stream().map(OnnxValueInfoProto::getName).toList();
    }

    /** The same model with another graph. */
    ByteString withGraph(OnnxGraphProto other) {
        return proto.toBuilder().setGraph(other).build().toByteString();
    }

    /** Dimensions of a weight; absent when the tensor is none. */
    public @Nullable List<Long> weightShape(String tensor) {
        return graph().getInitializerList().stream()
                .filter(weight -> weight.getName().equals(tensor))
                .map(OnnxTensorProto::getDimsList)
                .findFirst()
                .orElse(null);
    }

    /** Version of the standard operators that the graph is written in. */
    long opset() {
        return proto.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OnnxOperatorSetProto::getVersion)
                .findFirst()
                .orElse(1);
    }

    /** The model with more nodes, weights or outputs behind its own. */
    ByteString with(OnnxGraphProto more) {
        // Protobuf merges a message that follows another into it and joins repeated fields.
        return bytes.concat(OnnxModelProto.newBuilder().setGraph(more).build().toByteString());
    }

    /** The model with further tensors as outputs. */
    public ByteString withOutputs(Collection<String> tensors) {
        Set<String> present = new HashSet<>();
        graph().getOutputList().forEach(output -> present.add(output.getName()));
        OnnxGraphProto.Builder more = OnnxGraphProto.newBuilder();
        for (String tensor : tensors) {
            if (present.add(tensor)) {
                more.addOutput(OnnxValueInfoProto.newBuilder().setName(tensor));
            }
        }
        return with(more.build());
    }
}

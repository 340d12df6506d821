package io.taxoscope.vision.onnx;

import com.google.protobuf.ByteString;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxStringEntryProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Moves weights from the file beside a model into the model. */
final class ExternalData {
    private static final int EXTERNAL = 1;
    private static final long LARGEST_MODEL = Integer.MAX_VALUE - (1L << 24);

    private ExternalData() {}

    static boolean isUsedBy(OnnxModelProto model) {
        return model.getGraph().getInitializerList().stream().anyMatch(ExternalData::isExternal);
    }

    private static boolean isExternal(OnnxTensorProto tensor) {
        return tensor.getDataLocation() == EXTERNAL;
    }

    /** Names as the weights give them, in their order. */
    static Set<String> files(OnnxModelProto model) {
        return model.getGraph().getInitializerList().stream()
                .filter(ExternalData::isExternal)
                .map(tensor -> entry(tensor, "location", ""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    static OnnxModelProto embed(OnnxModelProto model, Path file) {
        OnnxGraphProto.Builder graph = model.getGraph().toBuilder();
        long total = model.getSerializedSize();
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            OnnxTensorProto tensor = graph.getInitializer(i);
            if (isExternal(tensor)) {
                ByteString data = read(tensor, file, LARGEST_MODEL - total);
                total += data.size();
                graph.setInitializer(
                        i,
                        tensor.toBuilder()
                                .clearDataLocation()
                                .clearExternalData()
                                .setRawData(data)
                                .build());
            }
        }
        return model.toBuilder().setGraph(graph).build();
    }

    private static ByteString read(OnnxTensorProto tensor, Path file, long room) {
        Path data = locate(tensor, file);
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.READ)) {
            long offset = Long.parseLong(entry(tensor, "offset", "0"));
            long length = Long.parseLong(entry(tensor, "length", Long.toString(channel.size() - offset)));
            if (offset < 0 || length < 0 || offset + length > channel.size()) {
                throw missing("%s ends before the weights %s (bytes %d to %d)"
                        .formatted(data, tensor.getName(), offset, offset + length));
            }
            if (length > room) {
                throw missing("the model and its external data " + data
                        + " are above 2 GiB together, which one ONNX file cannot hold");
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) length);
            for (long at = offset; buffer.hasRemaining(); ) {
                at += channel.read(buffer, at);
            }
            return ByteString.copyFrom(buffer.flip());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the external data " + data, failure);
        } catch (NumberFormatException failure) {
            throw new TaxoscopeException(
                    VisionError.NOT_ONNX,
                    "the weights " + tensor.getName() + " have an offset or length that is no number",
                    failure);
        }
    }

    private static Path locate(OnnxTensorProto tensor, Path file) {
        String location = entry(tensor, "location", "");
        // A model must not make us read files elsewhere: only a plain name beside it counts.
        if (location.isEmpty() || location.contains("/") || location.contains("\\") || location.equals("..")) {
            throw missing("the weights %s are said to lie in '%s'; only a file beside the model is read"
                    .formatted(tensor.getName(), location));
        }
        Path data = file.resolveSibling(location);
        if (!Files.isRegularFile(data)) {
            throw missing(("%s keeps its weights in the external file '%s', which is not beside it; "
                            + "put it there and register the model by path, or save the model as one file")
                    .formatted(file.getFileName(), location));
        }
        return data;
    }

    private static String entry(OnnxTensorProto tensor, String key, String absent) {
        List<OnnxStringEntryProto> entries = tensor.getExternalDataList();
        return entries.stream()
                .filter(e -> e.getKey().equals(key))
                .map(OnnxStringEntryProto::getValue)
                .findFirst()
                .orElse(absent);
    }

    private static TaxoscopeException missing(String message) {
        return new TaxoscopeException(VisionError.EXTERNAL_DATA_MISSING, message);
    }
}

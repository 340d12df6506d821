package io.taxoscope.vision.onnx;

import com.google.protobuf.ByteString;
import io.taxoscope.vision.onnx.ir.OnnxAttributeProto;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorProto;
import io.taxoscope.vision.onnx.ir.OnnxValueInfoProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Nodes behind a graph that reduce tapped tensors to one vector for each image, so that only those leave ONNX Runtime: the
 * sixteen block outputs of a ResNet-50 hold 21 MB for each image, their means 60 kB.
 */
public final class Readout {
    private static final String PREFIX = "taxoscope/readout/";
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int INT_ATTRIBUTE = 2;
    private static final int INTS_ATTRIBUTE = 7;
    /** From this operator set on, ReduceMean takes its axes as an input. */
    private static final int AXES_AS_INPUT = 18;

    private final OnnxModel model;
    private final OnnxGraphProto.Builder more = OnnxGraphProto.newBuilder();
    private final List<String> outputs = new ArrayList<>();
    private int count;

    public Readout(OnnxModel model) {
        this.model = model;
    }

    /** A tensor [batch, width] as it is. */
    public void vector(String tensor) {
        output(asFloat(tensor));
    }

    /** The mean over height and width of a tensor [batch, channel, height, width]. */
    public void meanOfPositions(String tensor) {
        output(node("GlobalAveragePool", List.of(asFloat(tensor))));
    }

    /** One token of a tensor [batch, token, width]. */
    public void token(String tensor, int position) {
        output(gather(asFloat(tensor), integers(List.of(), LongStream.of(position))));
    }

    /** The mean over {@code n} tokens of a tensor [batch, token, width], from {@code first} on. */
    public void meanOfTokens(String tensor, int first, int n) {
        String tokens = gather(asFloat(tensor), integers(List.of((long) n), LongStream.range(first, first + n)));
        if (model.opset() >= AXES_AS_INPUT) {
            String axes = integers(List.of(1L), LongStream.of(1));
            output(node("ReduceMean", List.of(tokens, axes), integer("keepdims", 0)));
        } else {
            OnnxAttributeProto axes = OnnxAttributeProto.newBuilder()
                    .setName("axes")
                    .addInts(1)
                    .setType(INTS_ATTRIBUTE)
                    .build();
            output(node("ReduceMean", List.of(tokens), axes, integer("keepdims", 0)));
        }
    }

    /** These tokens of a tensor [batch, token, width], as [batch, positions, width]. */
    public void tokens(String tensor, int[] positions) {
        long[] all = IntStream.of(positions).asLongStream().toArray();
        output(gather(asFloat(tensor), integers(List.of((long) all.length), LongStream.of(all))));
    }

    /** A tensor [batch, channel, height, width] as [batch, token, channel]; its name is for the methods above. */
    public String channelsLast(String tensor, int channels) {
        return positionsAsTokens(transposed(tensor, 0L, 2L, 3L, 1L), channels);
    }

    /** A tensor [batch, height, width, channel] as [batch, token, channel]; its name is for the methods above. */
    public String positionsAsTokens(String tensor, int channels) {
        return node("Reshape", List.of(tensor, integers(List.of(3L), LongStream.of(0, -1, channels))));
    }

    /** Attention weights [batch, head, query, key] as [batch, query, head x key]; its name is for the methods above. */
    public String queriesAsTokens(String tensor, int queries, int width) {
        String byQuery = transposed(tensor, 0L, 2L, 1L, 3L);
        return node("Reshape", List.of(byQuery, integers(List.of(3L), LongStream.of(0, queries, width))));
    }

    /** Two outputs: the shape of a tensor, and the first of its numbers in its own type. */
    public void shapeAndFirst(String tensor) {
        output(node("Shape", List.of(tensor)));
        String flat = node("Reshape", List.of(tensor, integers(List.of(1L), LongStream.of(-1))));
        output(node("Gather", List.of(flat, integers(List.of(1L), LongStream.of(0)))));
    }

    /** Names of the outputs, in the order in which they were asked for. */
    public List<String> outputs() {
        return List.copyOf(outputs);
    }

    /** The model with all of it. */
    public ByteString model() {
        return model.with(more.build());
    }

    /** Half precision becomes single before anything is averaged; ONNX Runtime drops the cast where it changes nothing. */
    private String asFloat(String tensor) {
        return node("Cast", List.of(tensor), integer("to", FLOAT));
    }

    private String transposed(String tensor, Long... axes) {
        OnnxAttributeProto perm = OnnxAttributeProto.newBuilder()
                .setName("perm")
                .addAllInts(List.of(axes))
                .setType(INTS_ATTRIBUTE)
                .build();
        return node("Transpose", List.of(tensor), perm);
    }

    private String gather(String tensor, String positions) {
        return node("Gather", List.of(tensor, positions), integer("axis", 1));
    }

    private String node(String operator, List<String> inputs, OnnxAttributeProto... attributes) {
        String name = PREFIX + count++;
        more.addNode(OnnxNodeProto.newBuilder()
                .setName(name)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(List.of(attributes)));
        return name;
    }

    private String integers(List<Long> dims, LongStream values) {
        long[] all = values.toArray();
        ByteBuffer bytes = ByteBuffer.allocate(all.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(all);
        String name = PREFIX + count++;
        more.addInitializer(OnnxTensorProto.newBuilder()
                .setName(name)
                .setDataType(INT64)
                .addAllDims(dims)
                .setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    private static OnnxAttributeProto integer(String name, long value) {
        return OnnxAttributeProto.newBuilder()
                .setName(name)
                .setI(value)
                .setType(INT_ATTRIBUTE)
                .build();
    }

    private void output(String tensor) {
        more.addOutput(OnnxValueInfoProto.newBuilder().setName(tensor));
        outputs.add(tensor);
    }
}

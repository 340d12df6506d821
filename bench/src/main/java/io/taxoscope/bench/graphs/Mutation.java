package io.taxoscope.bench.graphs;

import com.google.protobuf.InvalidProtocolBufferException;
import io.taxoscope.vision.onnx.ir.OnnxGraphProto;
import io.taxoscope.vision.onnx.ir.OnnxModelProto;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorProto;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Ways to spoil a file: blind ones, and for an ONNX graph ones that leave it well-formed, so that they reach further in. */
enum Mutation {
    TRUNCATE {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            return Arrays.copyOf(file, random.nextInt(file.length));
        }
    },
    FLIP_BYTES {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            byte[] spoilt = file.clone();
            for (int n = 1 << random.nextInt(8); n > 0; n--) {
                spoilt[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            return spoilt;
        }
    },
    /** Where headers lie. */
    FLIP_EARLY_BYTES {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            byte[] spoilt = file.clone();
            for (int n = 1 << random.nextInt(4); n > 0; n--) {
                spoilt[random.nextInt(Math.min(file.length, 512))] =
                        (byte) (random.nextBoolean() ? 255 : random.nextInt());
            }
            return spoilt;
        }
    },
    REPEAT_SPAN {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            int from = random.nextInt(file.length);
            int length = random.nextInt(Math.min(file.length - from, 4096));
            byte[] spoilt = Arrays.copyOf(file, file.length + length);
            System.arraycopy(file, from, spoilt, from + length, file.length - from);
            return spoilt;
        }
    },
    REMOVE_SPAN {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            int from = random.nextInt(file.length);
            int length = random.nextInt(Math.min(file.length - from, 4096));
            byte[] spoilt = Arrays.copyOf(file, file.length - length);
            System.arraycopy(file, from + length, spoilt, from, file.length - from - length);
            return spoilt;
        }
    },
    REWIRE {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            OnnxModelProto.Builder model = parse(file);
            OnnxGraphProto.Builder graph = model.getGraphBuilder();
            OnnxNodeProto.Builder node = anyNode(graph, random);
            String other = anyName(anyNode(graph, random), random);
            if (node.getInputCount() > 0 && random.nextBoolean()) {
                node.setInput(random.nextInt(node.getInputCount()), other);
            } else if (node.getOutputCount() > 0) {
                node.setOutput(random.nextInt(node.getOutputCount()), other);
            }
            return model.build().toByteArray();
        }
    },
    OTHER_OPERATOR {
        private static final List<String> OPERATORS = List.of(
                "Add",
                "MatMul",
                "Softmax",
                "Reshape",
                "Transpose",
                "SkipLayerNormalization",
                "FusedConv",
                "Concat",
                "Loop",
                "If",
                "Shape",
                "Gather",
                "LayerNormalization",
                "Nonsense",
                "");

        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            OnnxModelProto.Builder model = parse(file);
            anyNode(model.getGraphBuilder(), random).setOpType(OPERATORS.get(random.nextInt(OPERATORS.size())));
            return model.build().toByteArray();
        }
    },
    REMOVE_PART {
        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            OnnxModelProto.Builder model = parse(file);
            OnnxGraphProto.Builder graph = model.getGraphBuilder();
            switch (random.nextInt(4)) {
                case 0 -> graph.removeNode(random.nextInt(graph.getNodeCount()));
                case 1 -> graph.removeInitializer(random.nextInt(graph.getInitializerCount()));
                case 2 -> anyNode(graph, random).clearInput();
                default -> anyNode(graph, random).clearOutput();
            }
            return model.build().toByteArray();
        }
    },
    OTHER_DIMENSION {
        private static final List<Long> SIZES = List.of(-1L, 0L, 1L, 7L, 1L << 20, 1L << 31, Long.MAX_VALUE);

        @Override
        byte[] of(byte[] file, RandomGenerator random) {
            OnnxModelProto.Builder model = parse(file);
            OnnxGraphProto.Builder graph = model.getGraphBuilder();
            OnnxTensorProto.Builder weight = graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
            long size = SIZES.get(random.nextInt(SIZES.size()));
            if (weight.getDimsCount() > 0 && random.nextBoolean()) {
                weight.setDims(random.nextInt(weight.getDimsCount()), size);
            } else {
                weight.addDims(size);
            }
            return model.build().toByteArray();
        }
    };

    abstract byte[] of(byte[] file, RandomGenerator random);

    /** Those for any file. */
    static List<Mutation> blind() {
        return List.of(TRUNCATE, FLIP_BYTES, FLIP_EARLY_BYTES, REPEAT_SPAN, REMOVE_SPAN);
    }

    private static OnnxModelProto.Builder parse(byte[] file) {
        try {
            return OnnxModelProto.parseFrom(file).toBuilder();
        } catch (InvalidProtocolBufferException failure) {
            throw new IllegalArgumentException("the file to spoil must be a model", failure);
        }
    }

    private static OnnxNodeProto.Builder anyNode(OnnxGraphProto.Builder graph, RandomGenerator random) {
        return graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
    }

    private static String anyName(OnnxNodeProto.Builder node, RandomGenerator random) {
        return node.getInputCount() > 0 && random.nextBoolean()
                ? node.getInput(random.nextInt(node.getInputCount()))
                : node.getOutputCount() > 0 ? node.getOutput(0) : "";
    }
}

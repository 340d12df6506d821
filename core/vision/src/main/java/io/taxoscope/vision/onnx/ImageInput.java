package io.taxoscope.vision.onnx;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.ir.OnnxDimensionProto;
import io.taxoscope.vision.onnx.ir.OnnxTensorTypeProto;
import io.taxoscope.vision.onnx.ir.OnnxValueInfoProto;
import java.util.List;

/**
 * The image input of a graph; a size of 0 means that the graph takes any.
 *
 * @param batch the only batch size taken
 */
public record ImageInput(String name, int batch, int height, int width) {
    private static final int FLOAT = 1;

    static ImageInput of(OnnxValueInfoProto input) {
        OnnxTensorTypeProto type = input.getType().getTensorType();
        List<OnnxDimensionProto> dims = type.getShape().getDimList();
        if (type.getElemType() != FLOAT) {
            throw unsupported(input, "is not float32 (ONNX element type " + type.getElemType() + ")");
        }
        if (dims.size() != 4) {
            throw unsupported(input, "has " + dims.size() + " axes instead of the four of NCHW");
        }
        int channels = size(dims.get(1));
        if (channels != 3 && channels != 0) {
            boolean channelsLast = size(dims.get(3)) == 3;
            throw unsupported(
                    input,
                    channelsLast
                            ? "is NHWC (channels last); export the model with NCHW"
                            : "has " + channels + " channels instead of 3");
        }
        return new ImageInput(input.getName(), size(dims.getFirst()), size(dims.get(2)), size(dims.get(3)));
    }

    private static int size(OnnxDimensionProto dim) {
        return Math.toIntExact(Math.clamp(dim.getDimValue(), 0, 1 << 20));
    }

    /** Refuses images of a size that the graph cannot take. */
    public void requireSize(int imageHeight, int imageWidth) {
        if ((height != 0 && height != imageHeight) || (width != 0 && width != imageWidth)) {
            throw new TaxoscopeException(
                    VisionError.UNSUPPORTED_INPUT,
                    "the input '%s' takes images of %dx%d pixels (height x width), but the preprocessing makes %dx%d"
                            .formatted(name, height, width, imageHeight, imageWidth));
        }
    }

    private static TaxoscopeException unsupported(OnnxValueInfoProto input, String why) {
        return new TaxoscopeException(VisionError.UNSUPPORTED_INPUT, "the input '" + input.getName() + "' " + why);
    }
}

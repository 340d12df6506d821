/** ONNX graphs: reading, finding the residual stream, adding outputs. */
@NullMarked
package io.taxoscope.vision.onnx;

import org.jspecify.annotations.NullMarked;

/** Images, ONNX graphs and the points in them where activations are tapped; no framework. */
@NullMarked
package io.taxoscope.vision;

import org.jspecify.annotations.NullMarked;

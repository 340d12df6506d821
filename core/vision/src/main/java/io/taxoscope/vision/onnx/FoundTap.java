package io.taxoscope.vision.onnx;

/**
 * A point of the residual stream.
 *
 * @param name stable name, such as {@code blocks.5.resid_post}
 * @param tensor the graph's own name of it
 * @param depth 0-based block; the embeddings are -1
 */
public record FoundTap(String name, String tensor, int depth) {}

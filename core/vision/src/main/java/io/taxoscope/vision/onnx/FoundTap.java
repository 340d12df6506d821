package io.taxoscope.vision.onnx;

/**
 * A point in a graph where activations can be taken.
 *
 * @param name stable name, such as {@code blocks.5.resid_post}
 * @param tensor the graph's own name of it
 * @param depth 0-based block; the embeddings are -1
 */
public record FoundTap(String name, String tensor, int depth, Role role) {
    /** What a tap is to the network. */
    public enum Role {
        /** The residual stream between blocks: it must be readable. */
        STREAM,
        /** A point inside a block, or beside the stream: left out when its shape is none that is read. */
        PART,
        /** Attention weights, [batch, head, query, key]; left out when windows stand in place of the batch. */
        ATTENTION
    }

    public FoundTap(String name, String tensor, int depth) {
        this(name, tensor, depth, Role.STREAM);
    }
}

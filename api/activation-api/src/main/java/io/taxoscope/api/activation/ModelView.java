package io.taxoscope.api.activation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param id derived from file and preprocessing: the same model has the same id everywhere
 * @param sha256 hash of the ONNX file
 * @param kind what the tap finder took the graph for
 * @param taps where activations can be taken, in the order of depth
 * @param origin the files of the hub that it was made of; absent for a model from elsewhere
 */
public record ModelView(
        String id,
        String name,
        String sha256,
        long bytes,
        ModelKind kind,
        Preprocessing preprocessing,
        String inputName,
        List<Tap> taps,
        Instant createdAt,
        @Nullable HubOrigin origin) {

    public enum ModelKind {
        TRANSFORMER,
        CONVOLUTIONAL,
        /** Neither was recognised; the taps were named by the user. */
        UNKNOWN
    }

    /**
     * A point in the graph.
     *
     * @param name stable name such as {@code blocks.5.resid_post}
     * @param tensor the graph's own name of the tensor
     * @param depth 0-based block or stage; the embeddings are -1
     * @param width length of one activation vector; absent while the graph does not say
     * @param layout order of the tensor's axes
     * @param tokens which tokens can be selected here
     * @param isDefault whether it is taken where an extraction or experiment names no taps
     * @param positions the vectors of one image
     */
    public record Tap(
            String name,
            String tensor,
            int depth,
            @Nullable Integer width,
            Layout layout,
            List<TokenSelection> tokens,
            boolean isDefault,
            @Nullable Positions positions) {}

    /**
     * The vectors of one image at a tap, and which of them are what.
     *
     * @param nTokens their number: tokens, positions of a feature map, queries of attention weights, or 1
     * @param classToken position of the class token; absent when there is none
     * @param nRegisters further learned tokens (registers, a distillation token), which stand between class token and patches, or
     *     behind the patches
     * @param firstPatch position of the first patch
     * @param nPatches patches or positions
     * @param gridHeight rows of the patches in reading order; absent where the model puts them into another order
     * @param gridWidth columns
     * @param heads of attention weights, whose vector is heads times keys long; absent elsewhere
     */
    public record Positions(
            int nTokens,
            @Nullable Integer classToken,
            int nRegisters,
            int firstPatch,
            int nPatches,
            @Nullable Integer gridHeight,
            @Nullable Integer gridWidth,
            @Nullable Integer heads) {}

    public enum Layout {
        /** batch, token, width */
        BTD,
        /** batch, channel, height, width */
        BCHW,
        /** batch, height, width, channel: hierarchical transformers */
        BHWC,
        /** batch, head, query token, key token: attention weights; a vector holds those of one query, heads times keys */
        BHQK,
        /** batch, width: already one vector for each image */
        BD
    }
}

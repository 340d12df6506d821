package io.taxoscope.vision.onnx;

import io.taxoscope.vision.onnx.FoundTap.Role;
import io.taxoscope.vision.onnx.ir.OnnxNodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names the points of a transformer: a branch with attention starts a block, an MLP right after it belongs to that block. */
final class TransformerTaps {
    private static final Set<String> SELECTING = Set.of("Gather", "Slice", "Squeeze", "Identity", "ReduceMean", "Cast");

    private final DataFlow flow;
    private final List<String> spine;
    private final List<List<Merge>> blocks;
    private final List<FoundTap> taps = new ArrayList<>();
    private int stage;

    TransformerTaps(DataFlow flow, List<String> spine, List<Merge> merges) {
        this.flow = flow;
        this.spine = spine;
        this.blocks = blocks(merges);
    }

    List<FoundTap> find() {
        taps.add(new FoundTap("embeddings", blocks.getFirst().getFirst().before(), -1));
        int normSteps = stepsOfNorm();
        for (int depth = 0; depth < blocks.size(); depth++) {
            block(depth, normSteps);
        }
        String norm = normSteps == 0 ? finalNorm() : null;
        if (norm != null) {
            taps.add(new FoundTap("final_norm", norm, blocks.size() - 1, Role.PART));
        }
        return taps;
    }

    private void block(int depth, int normSteps) {
        List<Merge> block = blocks.get(depth);
        Merge first = block.getFirst();
        if (depth > 0 && isChanged(blocks.get(depth - 1).getLast().sum(), first.before())) {
            stage++;
            taps.add(new FoundTap("stages." + stage + ".in", first.before(), depth - 1, Role.PART));
        }
        add(depth, "attn_weights", first.weights(), Role.ATTENTION);
        add(depth, first.attention() ? "attn_out" : "mlp_out", first.branch(), Role.PART);
        if (block.size() > 1) {
            add(depth, "resid_mid", after(first, normSteps), Role.PART);
            add(depth, "mlp_out", block.getLast().branch(), Role.PART);
        }
        if (normSteps > 0) {
            add(depth, "resid_sum", block.getLast().sum(), Role.PART);
        }
        add(depth, "resid_post", after(block.getLast(), normSteps), Role.STREAM);
    }

    private void add(int depth, String point, @Nullable String tensor, Role role) {
        if (tensor != null) {
            taps.add(new FoundTap("blocks." + depth + "." + point, tensor, depth, role));
        }
    }

    /** Attention starts a block; an MLP that directly follows it belongs to it; an MLP after the last block is a head. */
    private List<List<Merge>> blocks(List<Merge> merges) {
        List<List<Merge>> found = new ArrayList<>();
        for (Merge merge : merges) {
            List<Merge> last = found.isEmpty() ? List.of() : found.getLast();
            boolean continues = !merge.attention()
                    && !merge.downsampling()
                    && last.size() == 1
                    && last.getFirst().attention()
                    && !isChanged(last.getFirst().sum(), merge.before());
            if (continues) {
                last.add(merge);
            } else {
                found.add(new ArrayList<>(List.of(merge)));
            }
        }
        boolean hasAttention = merges.stream().anyMatch(Merge::attention);
        while (hasAttention && !found.getLast().getFirst().attention()) {
            found.removeLast();
        }
        return found;
    }

    /** Whether weights lie between two tensors of the stream, as where a stage begins. */
    private boolean isChanged(String earlier, String later) {
        return Operators.any(flow.between(earlier, later), Operators.WEIGHTED);
    }

    /**
     * How many steps of the spine the norm takes that follows each sum of a post-norm transformer (Vaswani et al. 2017); 0 for a
     * pre-norm one, whose MLP reads the sum itself.
     */
    private int stepsOfNorm() {
        return blocks.stream()
                .filter(block -> block.size() > 1)
                .mapToInt(block -> steps(block.getFirst().sum(), block.getLast().before()))
                .min()
                .orElse(0);
    }

    private int steps(String sum, String before) {
        boolean isNormed = flow.between(sum, before).stream().anyMatch(Operators::isNorm);
        return isNormed ? spine.indexOf(before) - spine.indexOf(sum) : 0;
    }

    private String after(Merge merge, int normSteps) {
        int at = spine.indexOf(merge.sum()) + normSteps;
        return at < spine.size() ? spine.get(at) : merge.sum();
    }

    /** The norm behind the last block: of all tokens, or of the class token or mean that is taken first. */
    private @Nullable String finalNorm() {
        String last = null;
        boolean isNormed = false;
        String before = blocks.getLast().getLast().sum();
        for (String tensor : behindBlocks()) {
            List<OnnxNodeProto> step = flow.between(before, tensor);
            before = tensor;
            boolean isSelecting = last == null && step.stream().allMatch(node -> SELECTING.contains(node.getOpType()));
            if (isSelecting) {
                continue;
            }
            boolean ends =
                    step.size() == 1 && SELECTING.contains(step.getFirst().getOpType());
            if (ends || !step.stream().allMatch(Operators::isPartOfNorm)) {
                break;
            }
            isNormed |= step.stream().anyMatch(Operators::isNorm);
            last = tensor;
        }
        return isNormed ? last : null;
    }

    private List<String> behindBlocks() {
        return spine.subList(spine.indexOf(blocks.getLast().getLast().sum()) + 1, spine.size());
    }
}

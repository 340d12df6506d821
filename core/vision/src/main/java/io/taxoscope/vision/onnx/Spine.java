package io.taxoscope.vision.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tensors through which everything from the image to an output must pass, in order. A residual stream is exactly
 * that: inside a block two paths run beside each other, and after its Add there is one again.
 */
final class Spine {
    private final List<String> tensors;

    private Spine(List<String> tensors) {
        this.tensors = List.copyOf(tensors);
    }

    List<String> tensors() {
        return tensors;
    }

    /**
     * Sweeps over the nodes between image and output in topological order. A tensor is on the spine when, at the moment
     * it exists, no earlier tensor is still to be read: no path leads around it.
     */
    static Spine of(DataFlow flow, String output) {
        var between = new TreeSet<>(flow.ancestors(output));
        List<String> spine = new ArrayList<>();
        int pending = lastReader(flow, flow.image(), between);
        for (int position : between) {
            boolean nothingOpen = pending <= position;
            List<String> made = flow.node(position).getOutputList().stream()
                    .filter(t -> t.equals(output) || flow.readers(t).stream().anyMatch(between::contains))
                    .toList();
            if (nothingOpen && made.size() == 1) {
                spine.add(made.getFirst());
            }
            for (String tensor : made) {
                pending = Math.max(pending, lastReader(flow, tensor, between));
            }
        }
        return new Spine(spine);
    }

    private static int lastReader(DataFlow flow, String tensor, Set<Integer> between) {
        return flow.readers(tensor).stream()
                .filter(between::contains)
                .mapToInt(Integer::intValue)
                .max()
                .orElse(-1);
    }
}

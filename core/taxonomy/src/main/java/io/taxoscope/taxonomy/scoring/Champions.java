package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** For each node the latent that scores best on the selection half, with its score on the other. Ties: lower latent. */
final class Champions {
    private final double[] selection;
    private final double[] report;
    private final int[] latents;

    Champions(int nNodes) {
        this.selection = new double[nNodes];
        this.report = new double[nNodes];
        this.latents = new int[nNodes];
        Arrays.fill(latents, Integer.MAX_VALUE);
    }

    /** Whether the latent is the best now; then {@link #judge} must follow. */
    boolean offer(int node, int latent, double onSelection) {
        double tie = BestSynsets.TIE * selection[node];
        if (onSelection > selection[node] + tie || (onSelection >= selection[node] - tie && latent < latents[node])) {
            selection[node] = onSelection;
            latents[node] = latent;
            return true;
        }
        return false;
    }

    /** @param onReport the score of the node's best latent on the other half */
    void judge(int node, double onReport) {
        report[node] = onReport;
    }

    void merge(Champions other) {
        for (int node = 0; node < latents.length; node++) {
            if (other.latents[node] < Integer.MAX_VALUE && offer(node, other.latents[node], other.selection[node])) {
                judge(node, other.report[node]);
            }
        }
    }

    BitSet atLeast(double tau) {
        var nodes = new BitSet();
        IntStream.range(0, latents.length)
                .filter(node -> latents[node] < Integer.MAX_VALUE && report[node] >= tau - BestSynsets.TIE)
                .forEach(nodes::set);
        return nodes;
    }
}

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

    void offer(int node, int latent, double onSelection, double onReport) {
        double tie = BestSynsets.TIE * selection[node];
        if (onSelection > selection[node] + tie || (onSelection >= selection[node] - tie && latent < latents[node])) {
            selection[node] = onSelection;
            report[node] = onReport;
            latents[node] = latent;
        }
    }

    void merge(Champions other) {
        for (int node = 0; node < latents.length; node++) {
            if (other.latents[node] < Integer.MAX_VALUE) {
                offer(node, other.latents[node], other.selection[node], other.report[node]);
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

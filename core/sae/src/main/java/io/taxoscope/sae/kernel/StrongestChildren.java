package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;

/** Adds to an example's active parents the strongest child of each, if it is positive; of equals the first. */
record StrongestChildren(Activation.Hierarchical tree, PaddedParameters weights, int stride) {
    /** @param at where the example's row of {@code centred_bd} begins */
    void addTo(Codes codes, int example, float[] centred_bd, int at) {
        int end = codes.end(example);
        for (int parent = codes.start(example); parent < end; parent++) {
            int first = tree.parents() + codes.latent(parent) * tree.children();
            int best = first;
            float largest = pre(first, centred_bd, at);
            for (int child = first + 1; child < first + tree.children(); child++) {
                float pre = pre(child, centred_bd, at);
                if (pre > largest) {
                    largest = pre;
                    best = child;
                }
            }
            if (largest > 0) {
                codes.add(example, best, largest);
            }
        }
    }

    private float pre(int latent, float[] centred_bd, int at) {
        return Rows.dot(weights.wEnc_sd, latent * stride, centred_bd, at, stride) + weights.bEnc_s[latent];
    }
}

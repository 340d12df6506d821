package io.taxoscope.sae;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How codes are made sparse, and what is minimised beside the reconstruction error. All architectures share the
 * pre-activations {@code pre = w_enc (x - b_dec) + b_enc} and the reconstruction {@code x̂ = z w_dec + b_dec}.
 *
 * <p>With width d and n examples the loss is {@code 1/(n d) sum_b (|x̂_b - x_b|² + penalty_b)}, plus {@link AuxK} where an
 * architecture has it. Papers write the bracket; so their coefficients mean the same here. An option that would have no
 * effect in an architecture is not among its components.
 */
public sealed interface Architecture {
    /** What turns this architecture's pre-activations into codes once it is trained. */
    Activation activation();

    /** Revival of dead latents; null for none. */
    default @Nullable AuxK auxK() {
        return null;
    }

    /** Fails when an SAE of {@code latents} latents cannot have this architecture. */
    default void requireFits(int latents) {}

    /** Whether training follows the least positive code with a moving average, to encode single examples later. */
    default boolean keepsThreshold() {
        return thresholdMomentum() > 0;
    }

    /** Share of a step's least code in the moving average; 0 for an architecture without one. */
    default float thresholdMomentum() {
        return 0;
    }

    /**
     * {@code z = ReLU(pre)}, {@code penalty = l1 sum_s z_s |w_dec_s|} (Bricken et al. 2023, "Towards Monosemanticity",
     * with the decoder norms that Conerly et al. 2024, "Circuits Updates: April", put into the penalty, without which a
     * free norm would grow to escape it; at unit norm both are the same).
     */
    record Relu(float l1) implements Architecture {
        public Relu {
            requirePositive("l1", l1);
        }

        @Override
        public Activation activation() {
            return new Activation.Relu();
        }
    }

    /**
     * {@code z = TopK(ReLU(pre))}: Gao et al. 2024, arXiv 2406.04093, eq. 3, with the ReLU of their code.
     *
     * @param keepsNegatives leaves the ReLU out, as eq. 3 has it and saev does: {@code z = TopK(pre)}. Where fewer than k
     *     pre-activations are positive, the largest negative ones are codes too; AuxK selects likewise
     */
    record TopK(int k, boolean keepsNegatives, @Nullable AuxK auxK) implements Architecture {
        public TopK {
            requireK(k);
        }

        /** With the ReLU. */
        public TopK(int k, @Nullable AuxK auxK) {
            this(k, false, auxK);
        }

        @Override
        public Activation activation() {
            return keepsNegatives ? new Activation.SignedTopK(k) : new Activation.TopK(k);
        }

        @Override
        public void requireFits(int latents) {
            requireAtMost(k, latents);
        }
    }

    /**
     * The {@code n k} largest of {@code ReLU(pre)} over the whole batch: Bussmann et al. 2024, arXiv 2412.06410, eq. 5.
     * Single examples are encoded with their eq. 7, {@code z = pre where pre > theta}; theta estimates the expected
     * least positive code of a batch as a moving average that starts with the first batch's:
     * {@code theta = (1 - momentum) theta + momentum min(z > 0)}.
     */
    record BatchTopK(
            int k, float thresholdMomentum, @Nullable AuxK auxK) implements Architecture {
        public BatchTopK {
            requireK(k);
            requireShare("thresholdMomentum", thresholdMomentum);
        }

        @Override
        public Activation activation() {
            return new Activation.JumpRelu();
        }

        @Override
        public void requireFits(int latents) {
            requireAtMost(k, latents);
        }
    }

    /**
     * {@code z = pre where pre > theta}, theta a parameter of each latent (Rajamanoharan et al. 2024, arXiv 2407.14435,
     * eq. 3 to 12). theta's gradient is estimated straight through a rectangle of width {@code bandwidth} about it:
     * {@code dz/dtheta = -theta/bandwidth}, {@code dH/dtheta = -1/bandwidth} where {@code |pre - theta| < bandwidth/2}.
     * Training moves {@code log theta}, so that theta stays positive, or theta itself, which is brought back to 0 after a step
     * that took it below.
     *
     * @param estimateReachesEncoder lets the estimate reach the pre-activation as well, with the opposite sign ({@code
     *     dz/dpre = H + theta/bandwidth}, {@code dH/dpre = 1/bandwidth} in the window), as Conerly et al. 2025 ("Circuits
     *     Updates: January") do; the paper moves thresholds alone
     * @param directThreshold moves theta itself, as dictionary_learning does, instead of its logarithm
     */
    record JumpRelu(
            JumpPenalty penalty,
            float bandwidth,
            float initialThreshold,
            boolean estimateReachesEncoder,
            @Nullable PreActivationLoss preActivationLoss,
            boolean directThreshold)
            implements Architecture {
        public JumpRelu {
            requirePositive("bandwidth", bandwidth);
            requirePositive("initialThreshold", initialThreshold);
        }

        /** Moves the threshold's logarithm. */
        public JumpRelu(
                JumpPenalty penalty,
                float bandwidth,
                float initialThreshold,
                boolean estimateReachesEncoder,
                @Nullable PreActivationLoss preActivationLoss) {
            this(penalty, bandwidth, initialThreshold, estimateReachesEncoder, preActivationLoss, false);
        }

        /** The parameter that training moves. */
        public String thresholdName() {
            return directThreshold ? Parameters.THRESHOLD : Parameters.LOG_THRESHOLD;
        }

        /** theta from what training moves. */
        public float threshold(float trained) {
            return directThreshold ? trained : (float) StrictMath.exp(trained);
        }

        /** What training moves, for a theta. */
        public float trained(float threshold) {
            return directThreshold ? threshold : (float) Math.log(threshold);
        }

        /** The derivative of theta with respect to what training moves. */
        public float slope(float threshold) {
            return directThreshold ? 1 : threshold;
        }

        /** As in the paper. */
        public JumpRelu(JumpPenalty penalty, float bandwidth, float initialThreshold) {
            this(penalty, bandwidth, initialThreshold, false, null);
        }

        @Override
        public Activation activation() {
            return new Activation.JumpRelu();
        }
    }

    /**
     * Gated (Rajamanoharan et al. 2024, arXiv 2404.16014, eq. 6 to 8): {@code b_enc} is the gate's bias, {@code pre} the
     * gate, and with {@code mag = exp(r_mag) w_enc (x - b_dec) + b_mag}
     *
     * <pre>z = ReLU(mag) where pre > 0
     * penalty = l1 sum_s ReLU(pre_s) |w_dec_s| + |ReLU(pre) w_dec + b_dec - x|²</pre>
     *
     * The last term holds its decoder ({@code w_dec} and the added {@code b_dec}) constant.
     */
    record Gated(float l1) implements Architecture {
        public Gated {
            requirePositive("l1", l1);
        }

        @Override
        public Activation activation() {
            return new Activation.Gated();
        }
    }

    /**
     * {@link BatchTopK} whose first latents must reconstruct alone (Bussmann et al. 2025, arXiv 2503.17547, eq. 4). The
     * reconstruction error is the mean over the prefixes p of {@code |x̂_{0:p} - x|²}; the paper's sum, over their
     * number.
     */
    record Matryoshka(
            int k,
            Prefixes prefixes,
            float thresholdMomentum,
            @Nullable AuxK auxK) implements Architecture {
        public Matryoshka {
            requireK(k);
            requireShare("thresholdMomentum", thresholdMomentum);
        }

        @Override
        public Activation activation() {
            return new Activation.JumpRelu();
        }

        @Override
        public void requireFits(int latents) {
            requireAtMost(k, latents);
            prefixes.requireFits(latents);
        }
    }

    /**
     * MSAE (Zaigrajew et al. 2025, arXiv 2502.20578, eq. 3): TopK for several k at once on the same pre-activations. The
     * reconstruction error is the mean over them of {@code |x̂_k - x|²}, weighted. Later encoding uses the largest k.
     *
     * @param ks strictly ascending, at least two
     */
    record NestedTopK(
            List<Integer> ks, Weighting weighting, @Nullable AuxK auxK) implements Architecture {
        public NestedTopK {
            ks = List.copyOf(ks);
            requireAscending("ks", ks);
        }

        public int largestK() {
            return ks.getLast();
        }

        @Override
        public Activation activation() {
            return new Activation.TopK(largestK());
        }

        @Override
        public void requireFits(int latents) {
            requireAtMost(largestK(), latents);
        }

        /** The relative weight of each k. */
        public enum Weighting {
            UNIFORM,
            /** {@code h, h - 1, …, 1}: the sparsest reconstruction counts most. */
            REVERSE
        }
    }

    /**
     * H-SAE: parents by TopK, and below each active parent its strongest child, if it is positive (Muchane et al. 2025,
     * arXiv 2506.01197, and the authors' code). A parent p has a subspace: with {@code s = down_p (x - b_dec)}, child c has
     * {@code pre = childEnc_pc . s + b_pc}, and adds {@code z up_p childDec_pc} to the reconstruction. The error is
     * {@code |x̂ - x|² + parentWeight |x̂_parents - x|²}, the second from the parents alone. With unit norm that of parents'
     * rows and of childDec is kept, in the subspace, as there. The authors add an L1 and a cross-orthogonality penalty,
     * which TopK and top-1 make needless for sparsity; they are left out, as is their offset in the place of a child's bias.
     *
     * <p>To all that comes after training it is an ordinary dictionary: latents 0 to {@code parents - 1}, then each
     * parent's children, whose rows are {@code childEnc down} and {@code up childDec}.
     *
     * @param children atoms of each parent
     * @param subspace its dimensions
     */
    record Hierarchical(int k, int parents, int children, int subspace, float parentWeight) implements Architecture {
        public Hierarchical {
            requireK(k);
            requireAtMost(k, parents);
            requirePositive("parentWeight", parentWeight);
            if (children < 2 || subspace < 1) {
                throw new IllegalArgumentException("a parent needs at least two children and a subspace of at least one"
                        + " dimension: " + children + ", " + subspace);
            }
        }

        /** Parents and children together. */
        public int latents() {
            return Math.addExact(parents, Math.multiplyExact(parents, children));
        }

        @Override
        public Activation activation() {
            return new Activation.Hierarchical(k, parents, children);
        }

        @Override
        public void requireFits(int latents) {
            if (latents != latents()) {
                throw new IllegalArgumentException("%d parents with %d children each are %d latents, not %d"
                        .formatted(parents, children, latents(), latents));
            }
        }
    }

    static void requirePositive(String name, float value) {
        if (!(value > 0) || !Float.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void requireShare(String name, float value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be above 0 and at most 1: " + value);
        }
    }

    private static void requireK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be positive: " + k);
        }
    }

    private static void requireAtMost(int k, int latents) {
        if (k > latents) {
            throw new IllegalArgumentException("k must be between 1 and the number of latents: " + k + ", " + latents);
        }
    }

    /** Fails unless {@code values} are at least two positive numbers, each above the one before. */
    static void requireAscending(String name, List<Integer> values) {
        int previous = 0;
        for (int value : values) {
            if (value <= previous) {
                throw new IllegalArgumentException(name + " must be positive and strictly ascending: " + values);
            }
            previous = value;
        }
        if (values.size() < 2) {
            throw new IllegalArgumentException(name + " must be at least two, or nothing is nested: " + values);
        }
    }
}

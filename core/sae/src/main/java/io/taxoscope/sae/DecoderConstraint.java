package io.taxoscope.sae;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What decoder rows may be. Norms are kept after each step; tools differ in it without saying so. */
public sealed interface DecoderConstraint {
    /** Rows of norm 1, the parallel part of their gradients projected out, or rows of any norm. */
    static DecoderConstraint of(boolean unitNorm) {
        return unitNorm ? new UnitNorm(true) : new Free();
    }

    /** Whether norms are 1, so that they are constants in a penalty. */
    default boolean isUnitNorm() {
        return this instanceof UnitNorm;
    }

    /** Whether the part of a row's gradient along the row is taken out before the step. */
    default boolean projectsGradient() {
        return this instanceof UnitNorm unit && unit.projectsGradient();
    }

    /** What a row of this norm is multiplied with after a step. */
    default double factor(double norm) {
        return switch (this) {
            case UnitNorm unit -> 1 / norm;
            case AtMostUnitNorm atMost -> norm > 1 ? 1 / norm : 1;
            case Free free -> 1;
            case Archetypal archetypal -> 1;
        };
    }

    /** No constraint. */
    record Free() implements DecoderConstraint {}

    /**
     * @param projectsGradient takes the part of a row's gradient along the row out before the step, which would otherwise
     *     enter the optimiser's moments and be undone by the norm
     */
    record UnitNorm(boolean projectsGradient) implements DecoderConstraint {}

    /** Rows are shortened to norm 1 where they have become longer, and may be shorter. */
    record AtMostUnitNorm() implements DecoderConstraint {}

    /**
     * Rows near convex combinations of points of the data: RA-SAE (Fel et al. 2025, arXiv 2502.12892, eq. 4 and 5).
     * {@code w_dec = a c + r} with {@code a >= 0}, each of its rows adding up to 1, {@code |r_s| <= relaxation}; a and r are
     * trained in the place of the decoder, by the chain rule, and brought back to the constraint after each step as the
     * authors do ({@code a = ReLU(a) / (sum ReLU(a) + 1e-8)}; r shortened). The points {@code c} are k-means centres of a
     * sample of the activations, less the starting {@code b_dec}. There is no common factor of all rows: codes of any
     * positive size make one needless.
     *
     * @param candidates number of points
     * @param relaxation greatest norm of a row's distance from its convex combination, in the scaled input's units; 0 for
     *     none (A-SAE)
     */
    record Archetypal(int candidates, float relaxation) implements DecoderConstraint {
        public Archetypal {
            if (candidates < 2 || !(relaxation >= 0) || !Float.isFinite(relaxation)) {
                throw new IllegalArgumentException("archetypes need at least two candidates and a relaxation of at"
                        + " least 0: " + candidates + ", " + relaxation);
            }
        }
    }

    /** The archetypal constraint, or null. */
    default @Nullable Archetypal archetypal() {
        return this instanceof Archetypal archetypal ? archetypal : null;
    }

    /** Fails where the constraint contradicts what else is wanted of the training. */
    default void requireFits(Architecture architecture, Optimizer optimizer) {
        Objects.requireNonNull(architecture);
        boolean factored = this instanceof Archetypal || architecture instanceof Architecture.Hierarchical;
        if (this instanceof Archetypal && architecture instanceof Architecture.Hierarchical) {
            throw new IllegalArgumentException("a hierarchical SAE's atoms lie in their parents' subspaces, so they"
                    + " cannot be archetypal; choose one of the two");
        }
        if (factored && optimizer.rule() instanceof Optimizer.Rule.Muon) {
            throw new IllegalArgumentException("Muon steps along orthogonal matrices, which stochastic rows and stacks"
                    + " of small subspaces are not; take Adam");
        }
    }
}

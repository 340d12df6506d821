package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;

/** What an architecture adds to {@link ReferenceGradient}: which latents are active, and what its codes' gradients do. */
sealed interface ReferenceTerms permits SelectionGradient, ReluGradient, JumpReluGradient, GatedGradient {
    static ReferenceTerms of(GradientSum sum) {
        return switch (sum.settings.architecture()) {
            case Architecture.Relu relu -> new ReluGradient(relu, sum);
            case Architecture.JumpRelu jump -> new JumpReluGradient(jump, sum);
            case Architecture.Gated gated -> new GatedGradient(gated, sum);
            case Architecture.TopK topK -> new SelectionGradient(sum);
            case Architecture.BatchTopK batchTopK -> new SelectionGradient(sum);
            case Architecture.Matryoshka matryoshka -> new SelectionGradient(sum);
            case Architecture.NestedTopK nested -> new SelectionGradient(sum);
            case Architecture.Hierarchical hierarchical -> new SelectionGradient(sum);
        };
    }

    /** Fills the codes from the pre-activations. */
    void activate();

    /**
     * From the gradient of a code to the gradients of its penalty, of its pre-activation and of the architecture's own
     * parameters.
     */
    void addThroughActivation(int example, int at, double valueGradient);

    /** Adds what belongs to an example as a whole. */
    default void addExample(int example) {}
}

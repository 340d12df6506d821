package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;

/**
 * Does the arithmetic. {@link ReferenceKernel} says what is computed; {@link VectorKernel} says how to do it fast. Both
 * choose the same latents and agree on every number to within float32 rounding.
 */
public sealed interface Kernel permits ReferenceKernel, VectorKernel {
    /** What runs, for a log line or a provenance record. */
    String name();

    int threads();

    /** Starts training from a copy of {@code state}, with batches of at most {@code maxBatch} examples. */
    TrainingSession train(TrainingState state, StepSettings settings, int maxBatch);

    /** Room for a batch of at most {@code maxExamples} activations, where this kernel's sessions read them. */
    Batch newBatch(int maxExamples, int width);

    /** Starts encoding with a copy of {@code weights}. */
    EncodingSession encode(Parameters weights, Activation activation, int maxBatch);

    /** Starts encoding with a copy of the weights of a TopK SAE. */
    default EncodingSession encode(Parameters weights, int k, int maxBatch) {
        return encode(weights, new Activation.TopK(k), maxBatch);
    }
}

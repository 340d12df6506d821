package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.TrainingState;

/** Plain loops, one thread, no tricks: the definition that faster kernels are tested against. */
public final class ReferenceKernel implements Kernel {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Batch newBatch(int maxExamples, int width) {
        return new HostBatch(maxExamples, width);
    }

    @Override
    public TrainingSession train(TrainingState state, StepSettings settings, int maxBatch) {
        return new ReferenceTraining(state, settings);
    }

    @Override
    public EncodingSession encode(Parameters weights, Activation activation, int maxBatch) {
        return new ReferenceEncoding(weights.copy(), activation);
    }
}

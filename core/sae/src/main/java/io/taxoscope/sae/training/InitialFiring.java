package io.taxoscope.sae.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.encoding.ReconstructionMetrics;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.Kernel;

/** Which latents fire before the first step. One that no example activates has no gradient but AuxK's. */
public final class InitialFiring {
    private static final int BATCH = 2048;

    private InitialFiring() {}

    /** Share of latents that no example of {@code source} activates under the initial weights with {@code bias}. */
    public static double deadShare(ActivationSource source, TrainingConfig config, DecoderBias bias, Kernel kernel) {
        TrainingConfig untrained = config.untrained(bias, Math.min(config.batchSize(), source.nExamples()));
        TrainingState state;
        try (Trainer trainer = Trainer.start(source, untrained, kernel)) {
            state = trainer.snapshot();
        }
        var activation = config.architecture().activation();
        var codes = Codes.of(activation, BATCH);
        float[] x_bd = new float[BATCH * source.width()];
        float[] xhat_bd = new float[x_bd.length];
        var metrics = new ReconstructionMetrics(source.width(), config.latents());
        try (var session = kernel.encode(state.exportedWeights(), activation, BATCH)) {
            for (int first = 0; first < source.nExamples(); first += BATCH) {
                int n = Math.min(BATCH, source.nExamples() - first);
                source.rows(first, n, x_bd);
                session.encode(x_bd, n, codes);
                metrics.add(x_bd, xhat_bd, codes, n);
            }
        }
        return metrics.report().deadFraction();
    }
}

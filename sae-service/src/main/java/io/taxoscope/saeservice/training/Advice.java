package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.CreateSae;
import io.taxoscope.api.sae.SaeAdviceView;
import io.taxoscope.api.sae.SaeAdviceView.Forecast;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.training.DecoderBias;
import io.taxoscope.sae.training.InitialFiring;
import io.taxoscope.sae.training.TrainingConfig;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import org.springframework.stereotype.Component;

/** Looks at the activations before a training does. */
@Component
class Advice {
    /** Examples that mean and covariance are taken over. */
    private static final int SAMPLE = 8_192;

    private final SaeCheck check;
    private final ContentStore store;
    private final Kernel kernel;

    Advice(SaeCheck check, ContentStore store, Kernel kernel) {
        this.check = check;
        this.store = store;
        this.kernel = kernel;
    }

    SaeAdviceView of(CreateSae request) {
        SaeOrder order = check.check(request);
        int nExamples;
        InMemoryActivations sample;
        try (ShardSet set = ShardSet.open(store, order.shardSet())) {
            nExamples = set.nRows();
            sample = sample(set);
        }
        Spectrum spectrum = Spectrum.of(sample, LinearAlgebra.ofThisMachine());
        TrainingConfig config = TrainingConfigs.of(order.config(), order.shape().latents());
        Forecast forecast = forecast(sample, config);
        return new SaeAdviceView(
                nExamples,
                sample.nExamples(),
                spectrum.gamma(),
                spectrum.participationRatio(),
                spectrum.entropyRank(),
                spectrum.greatestShare(),
                forecast,
                AdviceRules.of(order.config(), spectrum, forecast, nExamples));
    }

    private Forecast forecast(InMemoryActivations sample, TrainingConfig config) {
        double dead = InitialFiring.deadShare(sample, config, config.decoderBias(), kernel);
        double uncentred = config.decoderBias() == DecoderBias.ZERO
                ? dead
                : InitialFiring.deadShare(sample, config, DecoderBias.ZERO, kernel);
        return new Forecast(sample.nExamples(), config.latents(), dead, uncentred);
    }

    private static InMemoryActivations sample(ShardSet set) {
        int[] rows = new int[Math.min(SAMPLE, set.nRows())];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) ((long) i * set.nRows() / rows.length);
        }
        float[] x_bd = new float[Math.multiplyExact(rows.length, set.width())];
        set.gather(rows, rows.length, x_bd);
        return new InMemoryActivations(x_bd, set.width());
    }
}

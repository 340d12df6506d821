package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.ArchitectureRules;
import io.taxoscope.api.sae.SaeAdviceView.Advice;
import io.taxoscope.api.sae.SaeAdviceView.Forecast;
import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.api.sae.SaeConfig.AuxK;
import io.taxoscope.api.sae.SaeConfig.DecoderBias;
import java.util.ArrayList;
import java.util.List;

/** What to change about a configuration, and why. */
final class AdviceRules {
    /** Share of dead latents from which on it is worth a word. */
    private static final double MANY_DEAD = 0.2;

    private static final double ONE_DIRECTION = 0.5;
    /** Epochs of silence after which a latent is called dead at last. */
    private static final int EPOCHS = 4;

    private AdviceRules() {}

    static List<Advice> of(SaeConfig config, Spectrum spectrum, Forecast forecast, int nExamples) {
        List<Advice> advice = new ArrayList<>();
        if (config.decoderBias() == DecoderBias.ZERO && spectrum.gamma() > 1) {
            advice.add(new Advice(
                    "config.decoderBias",
                    "the mean is %.1f times as long as the standard deviation, so that with b_dec = 0 every latent sees the mean above all; centre: take MEAN or GEOMETRIC_MEDIAN"
                            .formatted(spectrum.gamma())));
        }
        if (forecast.dead() > MANY_DEAD) {
            boolean isRevived = config.auxK() != null;
            advice.add(new Advice(
                    "config.width",
                    "%.0f %% of the %d latents fire for none of %d examples under the initial weights; take fewer latents (about %d fire)%s"
                            .formatted(
                                    100 * forecast.dead(),
                                    forecast.latents(),
                                    forecast.examples(),
                                    Math.round((1 - forecast.dead()) * forecast.latents()),
                                    isRevived ? "" : ", or revive them by auxK")));
        }
        if (ArchitectureRules.hasFixedK(config.architecture()) && config.k() > spectrum.entropyRank()) {
            advice.add(new Advice(
                    "config.k",
                    "the activations vary in about %.0f directions, fewer than the %d latents that are active at once; lower k"
                            .formatted(spectrum.entropyRank(), config.k())));
        }
        if (spectrum.greatestShare() > ONE_DIRECTION) {
            advice.add(new Advice(
                    "shardSet",
                    "one direction has %.0f %% of the variance and will rule the loss; normalise that coordinate in the model, or take another layer or token"
                            .formatted(100 * spectrum.greatestShare())));
        }
        AuxK auxK = config.auxK();
        if (auxK != null && auxK.deadAfterExamples() > (long) EPOCHS * nExamples) {
            advice.add(new Advice(
                    "config.auxK.deadAfterExamples",
                    "is %.1f epochs of these %d examples; a latent that is silent for one or two is dead already"
                            .formatted(auxK.deadAfterExamples() / (double) nExamples, nExamples)));
        }
        return advice;
    }
}

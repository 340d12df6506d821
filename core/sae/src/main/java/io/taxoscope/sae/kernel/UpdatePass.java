package io.taxoscope.sae.kernel;

import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.Parameters;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradients and update together, latent by latent: both gradient rows are summed from the latent's own examples, used
 * at once and forgotten, so that each weight is read and written once a step and no gradient matrix exists. Clipping
 * needs the norm of all of them first, and so a pass of its own.
 */
final class UpdatePass {
    /** Panels in one chunk of work. */
    private static final int PANELS = 4;

    private final StepSettings settings;
    private final PaddedParameters weights;
    private final PaddedParameters first;
    private final PaddedParameters second;
    private final PackedEncoder packed;
    private final @Nullable WholeGradient whole;
    private final List<String> ownNames;
    private final int latents;
    private final int stride;
    private final LatentGradients[] gradients_w;
    private final float[] throughEncoder_cd;
    private final double[] squares_c;
    private final float[] biasGradient_d;

    UpdatePass(
            StepSettings settings,
            PaddedParameters weights,
            PaddedParameters first,
            PaddedParameters second,
            PackedEncoder packed,
            @Nullable LatentTerms terms,
            @Nullable WholeGradient whole,
            int threads) {
        this.settings = settings;
        this.weights = weights;
        this.first = first;
        this.second = second;
        this.packed = packed;
        this.whole = whole;
        this.ownNames = terms == null ? List.of() : terms.names();
        this.latents = weights.latents();
        this.stride = weights.bDec_d.length;
        this.gradients_w = new LatentGradients[threads];
        for (int worker = 0; worker < threads; worker++) {
            gradients_w[worker] = new LatentGradients(weights, terms, settings, stride);
        }
        this.throughEncoder_cd = new float[chunks() * stride];
        this.squares_c = new double[chunks()];
        this.biasGradient_d = new float[stride];
    }

    void run(
            Workers workers,
            ForwardPass forward,
            CodesByLatent byLatent,
            @Nullable DeadRevival revival,
            float scale,
            float learningRate,
            int step) {
        Batch batch = new Batch(forward, byLatent, revival != null && revival.active() ? revival : null, scale);
        if (whole != null) {
            takeWhole(whole, workers, batch, learningRate, step);
            return;
        }
        UpdateRule rule = UpdateRule.of(settings.optimizer().rule(), learningRate, step);
        float clip = settings.optimizer().clips() ? clipFactor(workers, batch) : 1;
        workers.run(chunks(), (worker, chunk) -> {
            forEachLatent(chunk, worker, batch, (latent, gradients) -> {
                if (clip < 1) {
                    gradients.scale(clip);
                }
                updateLatent(latent, gradients, rule);
            });
            for (int panel = chunk * PANELS; panel < endPanel(chunk); panel++) {
                packed.repack(panel);
            }
        });
        collectBiasGradient(batch);
        if (clip < 1) {
            Rows.scale(clip, biasGradient_d, 0, stride);
        }
        rule.updateRow(weights.bDec_d, first.bDec_d, second.bDec_d, 0, biasGradient_d, stride);
    }

    private void takeWhole(WholeGradient whole, Workers workers, Batch batch, float learningRate, int step) {
        workers.run(
                chunks(),
                (worker, chunk) -> forEachLatent(
                        chunk, worker, batch, (latent, gradients) -> whole.take(latent, gradients, ownNames)));
        collectBiasGradient(batch);
        whole.apply(biasGradient_d, learningRate, step, weights);
        workers.run(packed.panels(), (worker, panel) -> packed.repack(panel));
    }

    Parameters firstMoments() {
        return whole == null ? first.dense() : whole.firstMoments();
    }

    Parameters secondMoments() {
        return whole == null ? second.dense() : whole.secondMoments();
    }

    /** What a step's gradients come from. */
    private record Batch(
            ForwardPass forward,
            CodesByLatent byLatent,
            @Nullable DeadRevival dead,
            float scale) {}

    private interface LatentWork {
        void run(int latent, LatentGradients gradients);
    }

    private int chunks() {
        return Math.ceilDiv(panels(), PANELS);
    }

    private int panels() {
        return Math.ceilDiv(latents, Lanes.PANEL);
    }

    private int endPanel(int chunk) {
        return Math.min((chunk + 1) * PANELS, panels());
    }

    /** Hands the gradients of a chunk's latents to {@code work}, one by one, and adds up what b_dec needs of them. */
    private void forEachLatent(int chunk, int worker, Batch batch, LatentWork work) {
        LatentGradients gradients = gradients_w[worker];
        Arrays.fill(throughEncoder_cd, chunk * stride, (chunk + 1) * stride, 0f);
        int first = chunk * PANELS * Lanes.PANEL;
        int end = Math.min(endPanel(chunk) * Lanes.PANEL, latents);
        if (batch.forward().dense()) {
            gradients.prepare(first, end, batch.forward(), batch.byLatent());
        }
        for (int latent = first; latent < end; latent++) {
            gradients.collect(latent, batch.forward(), batch.byLatent(), batch.dead(), batch.scale());
            if (settings.preEncoderBias()) {
                Rows.addScaled(
                        gradients.pre, weights.wEnc_sd, latent * stride, throughEncoder_cd, chunk * stride, stride);
            }
            work.run(latent, gradients);
        }
    }

    private float clipFactor(Workers workers, Batch batch) {
        workers.run(chunks(), (worker, chunk) -> {
            squares_c[chunk] = 0;
            forEachLatent(chunk, worker, batch, (latent, gradients) -> squares_c[chunk] += gradients.squares());
        });
        collectBiasGradient(batch);
        double squares =
                VectorTraining.sum(squares_c, chunks()) + Rows.dot(biasGradient_d, 0, biasGradient_d, 0, stride);
        return WholeUpdate.clipFactor(squares, settings.optimizer().maxGradientNorm());
    }

    private void updateLatent(int latent, LatentGradients gradients, UpdateRule rule) {
        int row = latent * stride;
        rule.updateRow(weights.wDec_sd, first.wDec_sd, second.wDec_sd, row, gradients.decoder_d, stride);
        if (!(settings.decoder() instanceof DecoderConstraint.Free)) {
            float square = Rows.dot(weights.wDec_sd, row, weights.wDec_sd, row, stride);
            Rows.scale((float) settings.decoder().factor(Math.sqrt(square)), weights.wDec_sd, row, stride);
        }
        rule.updateRow(weights.wEnc_sd, first.wEnc_sd, second.wEnc_sd, row, gradients.encoder_d, stride);
        rule.update(weights.bEnc_s, first.bEnc_s, second.bEnc_s, latent, gradients.bias);
        for (int i = 0; i < ownNames.size(); i++) {
            String name = ownNames.get(i);
            rule.update(
                    weights.perLatent_s(name),
                    first.perLatent_s(name),
                    second.perLatent_s(name),
                    latent,
                    gradients.own[i]);
            WholeUpdate.keepAllowed(name, weights.perLatent_s(name), latent);
        }
    }

    /**
     * b_dec is added to the output and may be subtracted from the input, {@code scale * sum_b e_b - sum_s dpre_s w_enc_s}; it
     * may take part in AuxK besides.
     */
    private void collectBiasGradient(Batch batch) {
        for (int i = 0; i < biasGradient_d.length; i++) {
            double throughEncoder = 0;
            for (int chunk = 0; chunk < chunks(); chunk++) {
                throughEncoder += throughEncoder_cd[chunk * stride + i];
            }
            biasGradient_d[i] = (float) (batch.scale() * batch.forward().errorSum(i) - throughEncoder);
        }
        if (batch.dead() != null) {
            Rows.add(batch.dead().biasGradient_d(), 0, biasGradient_d, 0, stride);
        }
    }
}

package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.Parameters;

/** {@link Architecture.Gated}: pre-activations are the gates; codes list all open ones, also those of magnitude 0. */
record GatedGradient(Architecture.Gated gated, GradientSum sum) implements ReferenceTerms {
    @Override
    public void activate() {
        for (int example = 0; example < sum.n; example++) {
            sum.codes.clear(example);
            for (int latent = 0; latent < sum.latents; latent++) {
                float gate = sum.pre_bs[example][latent];
                if (gate > 0) {
                    sum.codes.add(example, latent, Math.max(ReferenceEncoding.magnitude(sum.weights, latent, gate), 0));
                }
            }
        }
    }

    @Override
    public void addThroughActivation(int example, int at, double valueGradient) {
        int latent = sum.codes.latent(at);
        if (sum.codes.value(at) > 0) {
            addMagnitude(example, latent, valueGradient);
        }
        float gate = sum.pre_bs[example][latent];
        sum.addThroughEncoder(example, latent, sum.addNormPenalty(gated.l1(), latent, gate));
    }

    /** The main reconstruction reaches the weights through the magnitude alone. */
    private void addMagnitude(int example, int latent, double valueGradient) {
        double factor = StrictMath.exp(sum.weights.perLatent_s(Parameters.R_MAG)[latent]);
        double product = (double) sum.pre_bs[example][latent] - sum.weights.bEnc_s()[latent];
        sum.total.perLatent_s(Parameters.B_MAG)[latent] += (float) valueGradient;
        sum.total.perLatent_s(Parameters.R_MAG)[latent] += (float) (valueGradient * factor * product);
        sum.addThroughProduct(example, latent, valueGradient * factor);
    }

    /** Adds {@code |ReLU(gate) w_dec + b_dec - x|²}, in which only the gate is no constant. */
    @Override
    public void addExample(int example) {
        Codes codes = sum.codes;
        double[] error_d = new double[sum.width];
        for (int i = 0; i < sum.width; i++) {
            error_d[i] = -sum.centred(example, i);
            for (int at = codes.start(example); at < codes.end(example); at++) {
                error_d[i] += (double) sum.pre_bs[example][codes.latent(at)] * sum.wDec(codes.latent(at), i);
            }
            sum.objective += sum.unit * error_d[i] * error_d[i];
        }
        for (int at = codes.start(example); at < codes.end(example); at++) {
            double gateGradient = 0;
            for (int i = 0; i < sum.width; i++) {
                gateGradient += 2 * sum.unit * error_d[i] * sum.wDec(codes.latent(at), i);
            }
            sum.addThroughEncoder(example, codes.latent(at), gateGradient);
        }
    }
}

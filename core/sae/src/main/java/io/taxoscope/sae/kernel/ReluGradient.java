package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;

/** {@link Architecture.Relu}. */
record ReluGradient(Architecture.Relu relu, GradientSum sum) implements ReferenceTerms {
    @Override
    public void activate() {
        for (int example = 0; example < sum.n; example++) {
            ReferenceEncoding.keepPositive(sum.pre_bs[example], sum.codes, example);
        }
    }

    @Override
    public void addThroughActivation(int example, int at, double valueGradient) {
        int latent = sum.codes.latent(at);
        double ofPenalty = sum.addNormPenalty(relu.l1(), latent, sum.codes.value(at));
        sum.addThroughEncoder(example, latent, valueGradient + ofPenalty);
    }
}

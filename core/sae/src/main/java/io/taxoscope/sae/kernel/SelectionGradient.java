package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Architecture;

/** Architectures whose codes are the largest pre-activations, with no penalty on them. */
record SelectionGradient(GradientSum sum) implements ReferenceTerms {
    @Override
    public void activate() {
        switch (sum.settings.architecture()) {
            case Architecture.BatchTopK batch ->
                ReferenceEncoding.keepStrongestOfBatch(sum.pre_bs, batch.k(), sum.codes);
            case Architecture.Matryoshka nested ->
                ReferenceEncoding.keepStrongestOfBatch(sum.pre_bs, nested.k(), sum.codes);
            case Architecture single -> {
                Activation activation = single.activation();
                for (int example = 0; example < sum.n; example++) {
                    ReferenceEncoding.keepStrongest(sum.pre_bs[example], activation, sum.codes, example);
                }
            }
        }
    }

    @Override
    public void addThroughActivation(int example, int at, double valueGradient) {
        sum.addThroughEncoder(example, sum.codes.latent(at), valueGradient);
    }
}

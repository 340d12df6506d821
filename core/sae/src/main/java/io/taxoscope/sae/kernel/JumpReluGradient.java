package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture.JumpRelu;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.PreActivationLoss;

/**
 * {@link JumpRelu}. Codes also list, with value 0, what lies less than half a bandwidth below its threshold, and dead
 * latents that a {@link PreActivationLoss} pulls at.
 */
final class JumpReluGradient implements ReferenceTerms {
    private final JumpRelu jump;
    private final GradientSum sum;
    private final boolean[] pulled_s;

    JumpReluGradient(JumpRelu jump, GradientSum sum) {
        this.jump = jump;
        this.sum = sum;
        this.pulled_s = new boolean[sum.latents];
        PreActivationLoss loss = jump.preActivationLoss();
        for (int latent = 0; latent < sum.latents && loss != null; latent++) {
            pulled_s[latent] = sum.silence.of(latent) >= loss.deadAfterExamples();
        }
    }

    @Override
    public void activate() {
        for (int example = 0; example < sum.n; example++) {
            sum.codes.clear(example);
            for (int latent = 0; latent < sum.latents; latent++) {
                float pre = sum.pre_bs[example][latent];
                float threshold = threshold(latent);
                if (pre > threshold - jump.bandwidth() / 2 || pulled_s[latent]) {
                    sum.codes.add(example, latent, pre > threshold ? pre : 0);
                }
            }
        }
    }

    @Override
    public void addThroughActivation(int example, int at, double reconstruction) {
        int latent = sum.codes.latent(at);
        float z = sum.codes.value(at);
        float threshold = threshold(latent);
        float pre = sum.pre_bs[example][latent];
        double valueGradient = reconstruction + addTanh(latent, z);
        double stepGradient = addL0(example, z);
        double preGradient = z > 0 ? valueGradient : 0;
        if (Math.abs(pre - threshold) < jump.bandwidth() / 2) {
            double estimate = (threshold * valueGradient + stepGradient) / jump.bandwidth();
            addThresholdGradient(latent, threshold, -estimate);
            preGradient += jump.estimateReachesEncoder() ? estimate : 0;
        }
        sum.addThroughEncoder(example, latent, preGradient + addPull(latent, pre, threshold));
    }

    /** Returns the penalty's gradient with respect to the code. */
    private double addTanh(int latent, float z) {
        if (!(jump.penalty() instanceof JumpPenalty.Tanh tanh)) {
            return 0;
        }
        double norm = sum.norm(latent);
        double value = StrictMath.tanh(tanh.scale() * z * norm);
        double slope = sum.unit * tanh.coefficient() * tanh.scale() * (1 - value * value);
        sum.objective += sum.unit * tanh.coefficient() * value;
        sum.addNormGradient(latent, slope * z);
        return slope * norm;
    }

    /** Returns the penalty's gradient with respect to the step {@code H(pre - theta)}. */
    private double addL0(int example, float z) {
        return switch (jump.penalty()) {
            case JumpPenalty.L0 l0 -> {
                sum.objective += z > 0 ? sum.unit * l0.coefficient() : 0;
                yield sum.unit * l0.coefficient();
            }
            case JumpPenalty.TargetL0 target ->
                2 * sum.unit * target.coefficient() * excess(target, example) / target.target();
            case JumpPenalty.Tanh tanh -> 0;
        };
    }

    @Override
    public void addExample(int example) {
        if (jump.penalty() instanceof JumpPenalty.TargetL0 target) {
            double excess = excess(target, example);
            sum.objective += sum.unit * target.coefficient() * excess * excess;
        }
    }

    private double excess(JumpPenalty.TargetL0 target, int example) {
        return sum.codes.positive(example, example + 1) / (double) target.target() - 1;
    }

    /** Returns the gradient of the pre-activation loss with respect to the pre-activation. */
    private double addPull(int latent, float pre, float threshold) {
        PreActivationLoss loss = jump.preActivationLoss();
        if (loss == null || !pulled_s[latent] || pre >= threshold) {
            return 0;
        }
        double ofDistance = sum.addNormPenalty(loss.coefficient(), latent, (double) threshold - pre);
        addThresholdGradient(latent, threshold, ofDistance);
        return -ofDistance;
    }

    private void addThresholdGradient(int latent, float threshold, double gradient) {
        sum.total.perLatent_s(jump.thresholdName())[latent] += (float) (jump.slope(threshold) * gradient);
    }

    private float threshold(int latent) {
        return jump.threshold(sum.weights.perLatent_s(jump.thresholdName())[latent]);
    }
}

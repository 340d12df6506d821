package io.taxoscope.sae.training;

/**
 * Gives latents that have been silent for long a new start (Bricken et al. 2023, "Towards Monosemanticity", appendix on
 * neuron resampling). Of a sample of examples one is drawn for each, with a chance in proportion to its squared loss; the
 * decoder row becomes its direction, less {@code b_dec}, the encoder row the same times {@code encoderScale} of the other
 * latents' mean encoder norm, the bias 0, and both moments of these are forgotten.
 *
 * @param everySteps steps between resamplings
 * @param lastStep none after it, so that training settles
 * @param silentFor examples over which a latent must have been silent
 * @param sample examples among which is drawn
 */
public record Resampling(int everySteps, int lastStep, long silentFor, float encoderScale, int sample) {
    public Resampling {
        if (everySteps < 1 || lastStep < everySteps || silentFor < 1 || sample < 1 || !(encoderScale > 0)) {
            throw new IllegalArgumentException("no resampling every " + everySteps + " steps up to " + lastStep
                    + " of latents silent for " + silentFor + ", from " + sample + " examples, at " + encoderScale);
        }
    }

    boolean dueAfter(int step) {
        return step % everySteps == 0 && step <= lastStep;
    }
}

package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An SAE as its tool means it: the numbers of the file, turned to a row per latent and otherwise untouched, and the
 * conventions that its tool applies around them. {@link Folding} makes our weights of it; {@link StoredFormula} computes
 * what it says without folding anything.
 *
 * <pre>
 *   x' = (x - inputMean) inputScale,  minus b_dec where subtractsDecoderBias
 *   pre = ((w_enc x' + b_enc) preScale + preShift) n,   z = activation(pre),   x̂' = (z / n) w_dec + b_dec
 *   x̂ = x̂' / inputScale + inputMean,   n = |w_dec| of the latent where codesTimesDecoderNorm, else 1
 * </pre>
 */
final class StoredSae {
    /** What may be added to any number without changing a bit; adding 0 would make 0 of -0. */
    static final double NOTHING = -0.0;

    private final Parameters asStored;
    private final Activation activation;
    private final List<String> notes = new ArrayList<>();
    private boolean subtractsDecoderBias = true;
    private boolean codesTimesDecoderNorm;
    private double inputScale = 1;
    private float @Nullable [] inputMean_d;
    private float @Nullable [] preScale_s;
    private float @Nullable [] preShift_s;

    /** @param asStored thresholds and gates among its parameters per latent, as {@code activation} needs them */
    StoredSae(Parameters asStored, Activation activation) {
        this.asStored = asStored;
        this.activation = activation;
    }

    StoredSae withoutSubtractingDecoderBias() {
        subtractsDecoderBias = false;
        return this;
    }

    StoredSae withCodesTimesDecoderNorm() {
        codesTimesDecoderNorm = true;
        return this;
    }

    StoredSae withInput(float @Nullable [] mean_d, double scale) {
        inputMean_d = mean_d;
        inputScale = scale;
        return this;
    }

    StoredSae withPreActivations(float[] scale_s, float[] shift_s) {
        preScale_s = scale_s;
        preShift_s = shift_s;
        return this;
    }

    StoredSae note(String note) {
        notes.add(note);
        return this;
    }

    Parameters asStored() {
        return asStored;
    }

    Activation activation() {
        return activation;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    boolean subtractsDecoderBias() {
        return subtractsDecoderBias;
    }

    double inputScale() {
        return inputScale;
    }

    double inputMean(int element) {
        return inputMean_d == null ? NOTHING : inputMean_d[element];
    }

    double preScale(int latent) {
        return preScale_s == null ? 1 : preScale_s[latent];
    }

    double preShift(int latent) {
        return preShift_s == null ? NOTHING : preShift_s[latent];
    }

    /** The factor n between a tool's codes and its activation's values; 1 for a latent without direction. */
    double codeFactor(int latent) {
        if (!codesTimesDecoderNorm) {
            return 1;
        }
        int width = asStored.shape().width();
        double squares = 0;
        for (int i = 0; i < width; i++) {
            double element = asStored.wDec_sd()[latent * width + i];
            squares += element * element;
        }
        return squares == 0 ? 1 : Math.sqrt(squares);
    }
}

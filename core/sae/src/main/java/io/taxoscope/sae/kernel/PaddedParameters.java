package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.Shape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** {@link Parameters} with rows of whole vectors and encoder biases for whole panels; the padding is zero and stays zero. */
final class PaddedParameters {
    final float[] wEnc_sd;
    final float[] wDec_sd;
    final float[] bEnc_s;
    final float[] bDec_d;
    private final Map<String, float[]> perLatent = new LinkedHashMap<>();
    private final Shape shape;
    private final int stride;

    PaddedParameters(Parameters dense, int stride) {
        this.shape = dense.shape();
        this.stride = stride;
        this.wEnc_sd = Padding.pad(dense.wEnc_sd(), shape.latents(), shape.width(), stride);
        this.wDec_sd = Padding.pad(dense.wDec_sd(), shape.latents(), shape.width(), stride);
        this.bEnc_s = Arrays.copyOf(dense.bEnc_s(), Lanes.roundUp(shape.latents(), Lanes.PANEL));
        this.bDec_d = Padding.pad(dense.bDec_d(), 1, shape.width(), stride);
        for (String name : dense.perLatentNames()) {
            perLatent.put(name, dense.perLatent_s(name).clone());
        }
    }

    int latents() {
        return shape.latents();
    }

    float[] perLatent_s(String name) {
        return Objects.requireNonNull(perLatent.get(name), name);
    }

    /** Takes over the values of parameters of the same shape. */
    void load(Parameters dense) {
        int width = shape.width();
        for (int latent = 0; latent < shape.latents(); latent++) {
            System.arraycopy(dense.wEnc_sd(), latent * width, wEnc_sd, latent * stride, width);
            System.arraycopy(dense.wDec_sd(), latent * width, wDec_sd, latent * stride, width);
        }
        System.arraycopy(dense.bEnc_s(), 0, bEnc_s, 0, shape.latents());
        System.arraycopy(dense.bDec_d(), 0, bDec_d, 0, width);
        perLatent.forEach((name, values) -> System.arraycopy(dense.perLatent_s(name), 0, values, 0, values.length));
    }

    Parameters dense() {
        Map<String, float[]> copies = new LinkedHashMap<>();
        perLatent.forEach((name, values) -> copies.put(name, values.clone()));
        return new Parameters(
                shape,
                Padding.unpad(wEnc_sd, shape.latents(), shape.width(), stride),
                Padding.unpad(wDec_sd, shape.latents(), shape.width(), stride),
                Arrays.copyOf(bEnc_s, shape.latents()),
                Padding.unpad(bDec_d, 1, shape.width(), stride),
                copies);
    }
}

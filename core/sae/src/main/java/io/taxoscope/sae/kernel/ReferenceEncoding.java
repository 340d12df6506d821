package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Parameters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Encoding and decoding, one example after the other. */
final class ReferenceEncoding implements EncodingSession {
    private final Parameters weights;
    private final int k;
    private final int width;
    private final int latents;

    ReferenceEncoding(Parameters weights, int k) {
        this.weights = weights;
        this.k = k;
        this.width = weights.shape().width();
        this.latents = weights.shape().latents();
    }

    @Override
    public void encode(float[] x_bd, int n, Codes codes) {
        for (int example = 0; example < n; example++) {
            float[] x_d = Arrays.copyOfRange(x_bd, example * width, (example + 1) * width);
            keepStrongest(preActivations(x_d), k, latent -> true, codes, example);
        }
    }

    @Override
    public void decode(Codes codes, int n, float[] xhat_bd) {
        for (int example = 0; example < n; example++) {
            float[] xhat_d = weightedRows(codes, example);
            for (int i = 0; i < width; i++) {
                xhat_bd[example * width + i] = xhat_d[i] + weights.bDec_d()[i];
            }
        }
    }

    /** {@code w_enc (x - b_dec) + b_enc}. */
    float[] preActivations(float[] x_d) {
        float[] pre_s = new float[latents];
        for (int latent = 0; latent < latents; latent++) {
            double sum = weights.bEnc_s()[latent];
            for (int i = 0; i < width; i++) {
                sum += (double) weights.wEnc_sd()[latent * width + i] * (x_d[i] - weights.bDec_d()[i]);
            }
            pre_s[latent] = (float) sum;
        }
        return pre_s;
    }

    /** TopK(ReLU(pre)) over the eligible latents; of equals the lower latent wins. */
    static void keepStrongest(float[] pre_s, int k, IntPredicate eligible, Codes codes, int example) {
        codes.clear(example);
        IntStream.range(0, pre_s.length)
                .filter(latent -> eligible.test(latent) && pre_s[latent] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer latent) -> -pre_s[latent]))
                .limit(k)
                .sorted()
                .forEach(latent -> codes.add(example, latent, pre_s[latent]));
    }

    /** {@code z w_dec}, without the bias. */
    float[] weightedRows(Codes codes, int example) {
        double[] sum_d = new double[width];
        int start = example * codes.k();
        for (int at = start; at < start + codes.active(example); at++) {
            for (int i = 0; i < width; i++) {
                sum_d[i] += (double) codes.value(at) * weights.wDec_sd()[codes.latent(at) * width + i];
            }
        }
        float[] row_d = new float[width];
        for (int i = 0; i < width; i++) {
            row_d[i] = (float) sum_d[i];
        }
        return row_d;
    }

    @Override
    public void close() {}
}

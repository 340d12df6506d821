package io.taxoscope.sae.exchange;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What {@link StoredSae} says, in double precision and plain loops: the reference of a parity report. */
final class StoredFormula {
    private final StoredSae stored;
    private final Parameters weights;
    private final int width;
    private final int latents;
    private final double[] factor_s;

    StoredFormula(StoredSae stored) {
        this.stored = stored;
        this.weights = stored.asStored();
        this.width = weights.shape().width();
        this.latents = weights.shape().latents();
        this.factor_s =
                IntStream.range(0, latents).mapToDouble(stored::codeFactor).toArray();
    }

    /** The dense code of {@code x}. */
    double[] encode(double[] x_d) {
        double[] input_d = new double[width];
        for (int i = 0; i < width; i++) {
            input_d[i] = (x_d[i] - stored.inputMean(i)) * stored.inputScale();
            input_d[i] -= stored.subtractsDecoderBias() ? weights.bDec_d()[i] : 0;
        }
        double[] product_s = new double[latents];
        for (int latent = 0; latent < latents; latent++) {
            for (int i = 0; i < width; i++) {
                product_s[latent] += weights.wEnc_sd()[latent * width + i] * input_d[i];
            }
        }
        return activate(product_s);
    }

    private double[] activate(double[] product_s) {
        if (stored.activation() instanceof Activation.Gated) {
            return gated(product_s);
        }
        double[] z_s = new double[latents];
        for (int latent = 0; latent < latents; latent++) {
            double pre = (product_s[latent] + weights.bEnc_s()[latent]) * stored.preScale(latent);
            pre += stored.preShift(latent);
            boolean isOpen = !(stored.activation() instanceof Activation.JumpRelu)
                    || pre > weights.perLatent_s(Parameters.THRESHOLD)[latent];
            double open = stored.activation() instanceof Activation.SignedTopK ? pre : Math.max(pre, 0);
            z_s[latent] = isOpen ? open * factor_s[latent] : 0;
        }
        return switch (stored.activation()) {
            case Activation.TopK topK -> strongest(z_s, topK.k());
            case Activation.SignedTopK topK -> strongest(z_s, topK.k());
            case Activation.Hierarchical tree -> family(z_s, tree);
            default -> z_s;
        };
    }

    /** The strongest parents, and of each active one the strongest child. */
    private static double[] family(double[] z_s, Activation.Hierarchical tree) {
        double[] parents = strongest(Arrays.copyOf(z_s, tree.parents()), tree.k());
        double[] kept_s = Arrays.copyOf(parents, z_s.length);
        for (int parent = 0; parent < parents.length; parent++) {
            int best = tree.parents() + parent * tree.children();
            for (int child = best + 1; child < tree.parents() + (parent + 1) * tree.children(); child++) {
                best = z_s[child] > z_s[best] ? child : best;
            }
            kept_s[best] = parents[parent] > 0 ? z_s[best] : 0;
        }
        return kept_s;
    }

    private double[] gated(double[] product_s) {
        float[] rMag_s = weights.perLatent_s(Parameters.R_MAG);
        float[] bMag_s = weights.perLatent_s(Parameters.B_MAG);
        double[] z_s = new double[latents];
        for (int latent = 0; latent < latents; latent++) {
            double magnitude = Math.exp(rMag_s[latent]) * product_s[latent] + bMag_s[latent];
            boolean isOpen = product_s[latent] + weights.bEnc_s()[latent] > 0;
            z_s[latent] = isOpen ? Math.max(magnitude, 0) * factor_s[latent] : 0;
        }
        return z_s;
    }

    private static double[] strongest(double[] z_s, int k) {
        double[] kept_s = new double[z_s.length];
        IntStream.range(0, z_s.length)
                .boxed()
                .sorted(Comparator.comparingDouble(latent -> -z_s[latent]))
                .limit(k)
                .forEach(latent -> kept_s[latent] = z_s[latent]);
        return kept_s;
    }

    /** The reconstruction of a dense code. */
    double[] decode(double[] z_s) {
        double[] xhat_d = new double[width];
        Arrays.setAll(xhat_d, i -> weights.bDec_d()[i]);
        for (int latent = 0; latent < latents; latent++) {
            if (z_s[latent] != 0) {
                double strength = z_s[latent] / factor_s[latent];
                for (int i = 0; i < width; i++) {
                    xhat_d[i] += strength * weights.wDec_sd()[latent * width + i];
                }
            }
        }
        for (int i = 0; i < width; i++) {
            xhat_d[i] = xhat_d[i] / stored.inputScale() + stored.inputMean(i);
        }
        return xhat_d;
    }
}

package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import java.util.Comparator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Encoding and decoding, one example after the other. */
final class ReferenceEncoding implements EncodingSession {
    private final Parameters weights;
    private final Activation activation;
    private final int width;

    ReferenceEncoding(Parameters weights, Activation activation) {
        this.weights = weights;
        this.activation = activation;
        this.width = weights.shape().width();
    }

    @Override
    public void encode(float[] x_bd, int n, Codes codes) {
        for (int example = 0; example < n; example++) {
            float[] centred_d = new float[width];
            for (int i = 0; i < width; i++) {
                centred_d[i] = x_bd[example * width + i] - weights.bDec_d()[i];
            }
            float[] pre_s = preActivations(weights, centred_d);
            switch (activation) {
                case Activation.TopK topK -> keepStrongest(pre_s, topK, codes, example);
                case Activation.SignedTopK topK -> keepStrongest(pre_s, topK, codes, example);
                case Activation.Hierarchical hierarchical -> keepStrongest(pre_s, hierarchical, codes, example);
                default -> keepPositive(activate(pre_s), codes, example);
            }
        }
    }

    @Override
    public void decode(Codes codes, int n, float[] xhat_bd) {
        for (int example = 0; example < n; example++) {
            float[] xhat_d = weightedRows(weights, codes, example);
            for (int i = 0; i < width; i++) {
                xhat_bd[example * width + i] = xhat_d[i] + weights.bDec_d()[i];
            }
        }
    }

    /** {@code w_enc x + b_enc} of an input from which {@code b_dec} is subtracted already where it should be. */
    static float[] preActivations(Parameters weights, float[] x_d) {
        float[] pre_s = new float[weights.shape().latents()];
        for (int latent = 0; latent < pre_s.length; latent++) {
            double sum = weights.bEnc_s()[latent];
            for (int i = 0; i < x_d.length; i++) {
                sum += (double) weights.wEnc_sd()[latent * x_d.length + i] * x_d[i];
            }
            pre_s[latent] = (float) sum;
        }
        return pre_s;
    }

    /** The code of one example under an activation that looks at each latent alone. */
    private float[] activate(float[] pre_s) {
        float[] z_s = new float[pre_s.length];
        for (int latent = 0; latent < pre_s.length; latent++) {
            float pre = pre_s[latent];
            z_s[latent] = switch (activation) {
                case Activation.Relu relu -> Math.max(pre, 0);
                case Activation.JumpRelu jumpRelu ->
                    pre > Math.max(weights.perLatent_s(Parameters.THRESHOLD)[latent], 0) ? pre : 0;
                case Activation.Gated gated -> pre > 0 ? Math.max(magnitude(weights, latent, pre), 0) : 0;
                case Activation.TopK topK -> throw new IllegalStateException("TopK looks at all latents together");
                case Activation.SignedTopK topK -> throw new IllegalStateException("so does TopK without ReLU");
                case Activation.Hierarchical tree -> throw new IllegalStateException("so does a hierarchy");
            };
        }
        return z_s;
    }

    /** {@code exp(r_mag) w_enc (x - b_dec) + b_mag} from the gate's pre-activation. */
    static float magnitude(Parameters weights, int latent, float gate) {
        double product = (double) gate - weights.bEnc_s()[latent];
        double factor = StrictMath.exp(weights.perLatent_s(Parameters.R_MAG)[latent]);
        return (float) (factor * product + weights.perLatent_s(Parameters.B_MAG)[latent]);
    }

    static void keepPositive(float[] z_s, Codes codes, int example) {
        codes.clear(example);
        for (int latent = 0; latent < z_s.length; latent++) {
            if (z_s[latent] > 0) {
                codes.add(example, latent, z_s[latent]);
            }
        }
    }

    /** The codes under an activation that chooses among an example's latents. */
    static void keepStrongest(float[] pre_s, Activation activation, Codes codes, int example) {
        switch (activation) {
            case Activation.Hierarchical tree -> {
                keepPositiveStrongest(pre_s, tree.k(), latent -> latent < tree.parents(), codes, example);
                addStrongestChildren(pre_s, tree, codes, example);
            }
            case Activation.TopK topK -> keepPositiveStrongest(pre_s, topK.k(), latent -> true, codes, example);
            case Activation.SignedTopK topK -> keepStrongest(pre_s, topK.k(), latent -> true, codes, example);
            case Activation alone -> throw new IllegalArgumentException(alone + " looks at each latent alone");
        }
    }

    /** Of each active parent the strongest child, if it is positive; of equals the first. */
    private static void addStrongestChildren(float[] pre_s, Activation.Hierarchical tree, Codes codes, int example) {
        int end = codes.end(example);
        for (int at = codes.start(example); at < end; at++) {
            int first = tree.parents() + codes.latent(at) * tree.children();
            int best = first;
            for (int child = first + 1; child < first + tree.children(); child++) {
                best = pre_s[child] > pre_s[best] ? child : best;
            }
            if (pre_s[best] > 0) {
                codes.add(example, best, pre_s[best]);
            }
        }
    }

    /** TopK(ReLU(pre)) over the eligible latents; of equals the lower latent wins. */
    static void keepPositiveStrongest(float[] pre_s, int k, IntPredicate eligible, Codes codes, int example) {
        keepStrongest(pre_s, k, latent -> eligible.test(latent) && pre_s[latent] > 0, codes, example);
    }

    /** TopK(pre) over the eligible latents; of equals the lower latent wins. */
    static void keepStrongest(float[] pre_s, int k, IntPredicate eligible, Codes codes, int example) {
        codes.clear(example);
        IntStream.range(0, pre_s.length)
                .filter(eligible)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer latent) -> -pre_s[latent]))
                .limit(k)
                .sorted()
                .forEach(latent -> codes.add(example, latent, pre_s[latent]));
    }

    /** The {@code n k} largest positive values of a batch; of equals the lower example, then the lower latent wins. */
    static void keepStrongestOfBatch(float[][] pre_bs, int k, Codes codes) {
        record Entry(int example, int latent, float value) {}
        var kept = IntStream.range(0, pre_bs.length)
                .boxed()
                .flatMap(example -> IntStream.range(0, pre_bs[example].length)
                        .filter(latent -> pre_bs[example][latent] > 0)
                        .mapToObj(latent -> new Entry(example, latent, pre_bs[example][latent])))
                .sorted(Comparator.comparingDouble(entry -> -entry.value()))
                .limit((long) pre_bs.length * k)
                .sorted(Comparator.comparingInt(Entry::example).thenComparingInt(Entry::latent))
                .toList();
        int next = 0;
        for (int example = 0; example < pre_bs.length; example++) {
            codes.clear(example);
            for (; next < kept.size() && kept.get(next).example() == example; next++) {
                codes.add(example, kept.get(next).latent(), kept.get(next).value());
            }
        }
    }

    /** {@code z w_dec}, without the bias. */
    static float[] weightedRows(Parameters weights, Codes codes, int example) {
        int width = weights.shape().width();
        double[] sum_d = new double[width];
        for (int at = codes.start(example); at < codes.end(example); at++) {
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

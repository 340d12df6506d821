package io.taxoscope.sae.training;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.encoding.ReconstructionMetrics;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.Kernel;
import java.util.Arrays;

/** Examples that a training does not see, drawn by the seed of its order. */
final class HeldOut {
    private static final int BATCH = 2048;

    private final ActivationSource source;
    private final int[] rows;

    HeldOut(ActivationSource source, long orderSeed, int examples) {
        if (examples >= source.nExamples()) {
            throw new IllegalArgumentException(
                    "of " + source.nExamples() + " examples " + examples + " cannot be held out");
        }
        this.source = source;
        this.rows = new int[examples];
        new EpochOrder(~orderSeed, source.nExamples()).fill(0, rows);
    }

    /** All other examples, ascending. */
    int[] others() {
        boolean[] isHeldOut = new boolean[source.nExamples()];
        for (int row : rows) {
            isHeldOut[row] = true;
        }
        int[] others = new int[isHeldOut.length - rows.length];
        int count = 0;
        for (int row = 0; row < isHeldOut.length; row++) {
            if (!isHeldOut[row]) {
                others[count++] = row;
            }
        }
        return others;
    }

    /** FVU of the held-out examples' reconstructions by {@code weights} in the activations' own units. */
    double fvu(Kernel kernel, Parameters weights, Activation activation) {
        int batch = Math.min(BATCH, rows.length);
        float[] x_bd = new float[batch * source.width()];
        float[] xhat_bd = new float[x_bd.length];
        Codes codes = Codes.of(activation, batch);
        var metrics = new ReconstructionMetrics(source.width(), weights.shape().latents());
        try (var session = kernel.encode(weights, activation, batch)) {
            for (int first = 0; first < rows.length; first += batch) {
                int n = Math.min(batch, rows.length - first);
                source.gather(Arrays.copyOfRange(rows, first, first + n), n, x_bd);
                session.encode(x_bd, n, codes);
                session.decode(codes, n, xhat_bd);
                metrics.add(x_bd, xhat_bd, codes, n);
            }
        }
        return metrics.report().fvu();
    }
}

package io.taxoscope.saeservice.evaluation;

import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesShard;
import io.taxoscope.store.ShardSet;
import java.util.Arrays;

/** Chosen examples of an encoding as x, x̂ and z. */
final class EncodedRows {
    static final int BATCH = 256;

    private final ShardSet set;
    private final Codes codes;
    private final EncodingSession session;

    EncodedRows(ShardSet set, Codes codes, EncodingSession session) {
        this.set = set;
        this.codes = codes;
        this.session = session;
    }

    int nExamples() {
        return set.nRows();
    }

    /** Mean number of active latents over the whole set. */
    double l0() {
        long[] active = {0};
        codes.forEachShard(shard -> active[0] += shard.nnz());
        return active[0] / (double) nExamples();
    }

    /** Rows {@code ⌊i·N/n⌋} for i below n. */
    int[] spread(int n) {
        int[] rows = new int[n];
        for (int i = 0; i < n; i++) {
            rows[i] = (int) ((long) i * nExamples() / n);
        }
        return rows;
    }

    Sample sample(int[] ascending) {
        float[] x_bd = new float[ascending.length * set.width()];
        set.gather(ascending, ascending.length, x_bd);
        int[][] latents = new int[ascending.length][];
        float[][] values = new float[ascending.length][];
        int at = 0;
        for (int i = 0; i < codes.nShards() && at < ascending.length; i++) {
            CodesShard shard = codes.shard(i);
            for (; at < ascending.length && ascending[at] < shard.firstExample() + shard.nExamples(); at++) {
                int row = ascending[at] - shard.firstExample();
                int from = shard.begin(row);
                latents[at] = new int[shard.end(row) - from];
                values[at] = new float[latents[at].length];
                for (int j = 0; j < latents[at].length; j++) {
                    latents[at][j] = shard.latent(from + j);
                    values[at][j] = shard.value(from + j);
                }
            }
        }
        return new Sample(
                ascending.length, set.width(), codes.nLatents(), x_bd, decode(latents, values), latents, values);
    }

    private float[] decode(int[][] latents, float[][] values) {
        float[] xhat_bd = new float[latents.length * set.width()];
        float[] batch_bd = new float[BATCH * set.width()];
        for (int first = 0; first < latents.length; first += BATCH) {
            int n = Math.min(BATCH, latents.length - first);
            var batch = io.taxoscope.sae.kernel.Codes.ragged(BATCH);
            for (int row = 0; row < n; row++) {
                batch.clear(row);
                for (int j = 0; j < latents[first + row].length; j++) {
                    batch.add(row, latents[first + row][j], values[first + row][j]);
                }
            }
            session.decode(batch, n, batch_bd);
            System.arraycopy(batch_bd, 0, xhat_bd, first * set.width(), n * set.width());
        }
        return xhat_bd;
    }

    /** Some examples in memory. */
    static final class Sample {
        private final int n;
        private final int width;
        private final int nLatents;
        private final double[] x_nd;
        private final double[] xhat_nd;
        private final int[][] latents;
        private final float[][] values;

        Sample(int n, int width, int nLatents, float[] x_nd, float[] xhat_nd, int[][] latents, float[][] values) {
            this.n = n;
            this.width = width;
            this.nLatents = nLatents;
            this.x_nd = doubles(x_nd);
            this.xhat_nd = doubles(xhat_nd);
            this.latents = latents;
            this.values = values;
        }

        int n() {
            return n;
        }

        /** Dot products of these activations with the other's, [n, other.n]. */
        double[] products(LinearAlgebra algebra, Sample other) {
            return products(algebra, x_nd, other.x_nd, other.n);
        }

        double[] productsOfReconstructions(LinearAlgebra algebra, Sample other) {
            return products(algebra, xhat_nd, other.xhat_nd, other.n);
        }

        private double[] products(LinearAlgebra algebra, double[] a_nd, double[] b_md, int m) {
            double[] out_nm = new double[n * m];
            algebra.multiplyTransposed(a_nd, n, b_md, m, width, out_nm);
            return out_nm;
        }

        double[] productsOfCodes(Sample other) {
            double[] out_nm = new double[n * other.n];
            double[] row_s = new double[nLatents];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < latents[i].length; j++) {
                    row_s[latents[i][j]] = values[i][j];
                }
                for (int k = 0; k < other.n; k++) {
                    for (int j = 0; j < other.latents[k].length; j++) {
                        out_nm[i * other.n + k] += row_s[other.latents[k][j]] * other.values[k][j];
                    }
                }
                Arrays.fill(row_s, 0);
            }
            return out_nm;
        }

        private static double[] doubles(float[] values) {
            double[] wide = new double[values.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = values[i];
            }
            return wide;
        }
    }
}

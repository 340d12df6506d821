package io.taxoscope.taxonomy.relations;

import java.util.Arrays;

/** The decoder of an SAE: one direction for each latent, and the bias that is added to their sum. */
public final class Directions {
    private final int nLatents;
    private final int width;
    private final float[] rows_sd;
    private final float[] bias_d;
    private final double[] norms_s;

    /** @param rows_sd kept, not copied, as is {@code bias_d} */
    public Directions(int nLatents, int width, float[] rows_sd, float[] bias_d) {
        if (rows_sd.length != nLatents * width || bias_d.length != width) {
            throw new IllegalArgumentException("a decoder of " + rows_sd.length + " weights and " + bias_d.length
                    + " biases is not " + nLatents + " x " + width);
        }
        this.nLatents = nLatents;
        this.width = width;
        this.rows_sd = rows_sd;
        this.bias_d = bias_d;
        this.norms_s = new double[nLatents];
        Arrays.setAll(norms_s, latent -> Math.sqrt(dot(latent, latent)));
    }

    public int nLatents() {
        return nLatents;
    }

    public int width() {
        return width;
    }

    double norm(int latent) {
        return norms_s[latent];
    }

    double bias(int coordinate) {
        return bias_d[coordinate];
    }

    /** The direction with length 1; a direction of length 0 stays so. */
    double[] unit(int latent) {
        double scale = norms_s[latent] == 0 ? 0 : 1 / norms_s[latent];
        double[] unit = new double[width];
        Arrays.setAll(unit, i -> rows_sd[latent * width + i] * scale);
        return unit;
    }

    /** {@code <d_l, w>}. */
    double project(int latent, double[] w_d) {
        return Products.dot(w_d, rows_sd, latent * width, width);
    }

    private double dot(int a, int b) {
        double sum = 0;
        for (int i = 0; i < width; i++) {
            sum += (double) rows_sd[a * width + i] * rows_sd[b * width + i];
        }
        return sum;
    }
}

package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.PANEL;

import java.util.Arrays;

/**
 * Encoder weights laid out for the tiles: panels of {@link Lanes#PANEL} latents, and in a panel the latents' weights for
 * one input element side by side. Missing latents of the last panel have a bias of negative infinity and so are never
 * active.
 */
final class PackedEncoder {
    private final int width;
    private final int latents;
    private final int rowStride;
    private final PaddedParameters weights;
    private final float[] panels;
    private final float[] bias_s;

    /** Packs the first {@code latents} rows of {@code rowStride} floats, of which the first {@code width} count. */
    PackedEncoder(int width, int latents, int rowStride, PaddedParameters weights) {
        this.width = width;
        this.latents = latents;
        this.rowStride = rowStride;
        this.weights = weights;
        this.panels = new float[Math.multiplyExact(panels() * PANEL, width)];
        this.bias_s = new float[panels() * PANEL];
        Arrays.fill(bias_s, latents, bias_s.length, Float.NEGATIVE_INFINITY);
        for (int panel = 0; panel < panels(); panel++) {
            repack(panel);
        }
    }

    int panels() {
        return Math.ceilDiv(latents, PANEL);
    }

    int latents() {
        return latents;
    }

    int width() {
        return width;
    }

    /** Takes over one panel's rows and biases after they changed. */
    void repack(int panel) {
        int first = panel * PANEL;
        int rows = Math.min(PANEL, latents - first);
        System.arraycopy(weights.bEnc_s, first, bias_s, first, rows);
        for (int row = 0; row < rows; row++) {
            int from = (first + row) * rowStride;
            int to = first * width + row;
            for (int i = 0; i < width; i++) {
                panels[to + i * PANEL] = weights.wEnc_sd[from + i];
            }
        }
    }

    /** Adds {@code w_enc b_dec} to the biases: inputs come without {@code b_dec}, and the encoder wants them as they were. */
    void restoreInputBias() {
        for (int latent = 0; latent < latents; latent++) {
            float product = Rows.dot(weights.wEnc_sd, latent * rowStride, weights.bDec_d, 0, rowStride);
            bias_s[latent] = weights.bEnc_s[latent] + product;
        }
    }

    /** Multiplies {@code tiles} tiles of packed inputs with panels {@code first} to {@code end - 1}. */
    void multiply(float[] inputTiles, int tiles, int first, int end, float[] pre, int preStride) {
        for (int panel = first; panel < end; panel++) {
            for (int tile = 0; tile < tiles; tile++) {
                int out = tile * Tiles.ROWS * preStride + (panel - first) * PANEL;
                multiplyTile(inputTiles, tile * Tiles.ROWS * width, panel, pre, out, preStride);
            }
        }
    }

    private void multiplyTile(float[] inputTiles, int at, int panel, float[] pre, int out, int preStride) {
        int panelAt = panel * PANEL * width;
        Tiles.multiply(inputTiles, at, panels, panelAt, width, bias_s, panel * PANEL, pre, out, preStride);
    }
}

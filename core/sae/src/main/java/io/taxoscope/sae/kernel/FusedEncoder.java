package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.PANEL;

import org.jspecify.annotations.Nullable;

/**
 * One worker's encoder: product and selection together, a block of examples times {@value #COLUMNS} latents at a time,
 * so that pre-activations stay in the second-level cache and never go to memory.
 */
final class FusedEncoder {
    /** Examples in a block; a multiple of every tile's rows. */
    static final int ROWS = 192;

    private static final int COLUMNS = 1024;
    /** Keeps rows of pre-activations from falling into the same cache sets. */
    private static final int STRIDE = COLUMNS + 16;

    private final PackedEncoder encoder;
    private final float[] inputTiles;
    private final float[] pre = new float[ROWS * STRIDE];
    private final float[] masked = new float[COLUMNS];
    private final Selection selection;
    private final @Nullable StreamingTopK strongestDead;

    /**
     * @param kAux how many dead latents to select beside the others; 0 for none ever
     * @param keepsNegatives selects dead latents by their pre-activations as they are
     */
    FusedEncoder(PackedEncoder encoder, Selection selection, int kAux, boolean keepsNegatives) {
        this.encoder = encoder;
        this.inputTiles = new float[ROWS * encoder.width()];
        this.selection = selection;
        this.strongestDead = kAux == 0 ? null : new StreamingTopK(ROWS, COLUMNS, kAux, keepsNegatives);
    }

    /** Selects the k strongest of a block's rows. */
    static Selection strongest(int k, boolean keepsNegatives) {
        return new StreamingTopK(ROWS, COLUMNS, k, keepsNegatives);
    }

    static int blocks(int examples) {
        return Math.ceilDiv(examples, ROWS);
    }

    /**
     * Encodes a block of centred inputs.
     *
     * @param centred_bd rows of {@code stride} floats, of which the encoder's width count
     * @param deadMask_s 0 for a dead latent and negative infinity for a live one; null to select no dead ones
     */
    void encode(
            float[] centred_bd,
            int stride,
            int first,
            int rows,
            Codes codes,
            @Nullable Codes deadCodes,
            float @Nullable [] deadMask_s) {
        Tiles.pack(centred_bd, stride, first, rows, encoder.width(), inputTiles);
        selection.start(first, rows);
        StreamingTopK dead = deadMask_s == null ? null : strongestDead;
        if (dead != null) {
            dead.start(first, rows);
        }
        int panelsPerPass = COLUMNS / PANEL;
        for (int panel = 0; panel < encoder.panels(); panel += panelsPerPass) {
            int end = Math.min(panel + panelsPerPass, encoder.panels());
            encoder.multiply(inputTiles, Math.ceilDiv(rows, Tiles.ROWS), panel, end, pre, STRIDE);
            int base = panel * PANEL;
            int length = (end - panel) * PANEL;
            for (int row = 0; row < rows; row++) {
                selection.offer(row, pre, row * STRIDE, base, length);
                if (dead != null && deadMask_s != null) {
                    offerDead(dead, deadMask_s, row, base, length);
                }
            }
        }
        selection.finish(first, rows, codes);
        if (dead != null && deadCodes != null) {
            dead.finish(first, rows, deadCodes);
        }
    }

    private void offerDead(StreamingTopK dead, float[] deadMask_s, int row, int base, int length) {
        System.arraycopy(pre, row * STRIDE, masked, 0, length);
        Rows.add(deadMask_s, base, masked, 0, length);
        dead.offer(row, masked, 0, base, length);
    }
}

package io.taxoscope.sae.kernel;

import static io.taxoscope.sae.kernel.Lanes.PANEL;

import org.jspecify.annotations.Nullable;

/**
 * Decodes blocks of examples by dense products over a set of latents, all or some, for codes that are too many to be
 * gathered one by one. Each worker has its own scratch space, made at the first use.
 */
final class DenseDecoder {
    /** Latents whose value gradients are computed together. */
    private static final int COLUMNS = 512;

    private static final int OUT_STRIDE = COLUMNS + 16;

    private final float[] wDec_sd;
    private final int latents;
    private final int stride;
    private final PackedRows packed;
    private final @Nullable Scratch[] scratch_w;
    private int @Nullable [] names;
    private int @Nullable [] place_s;
    private int size;

    DenseDecoder(float[] wDec_sd, int latents, int stride, int threads) {
        this.wDec_sd = wDec_sd;
        this.latents = latents;
        this.stride = stride;
        this.packed = new PackedRows(stride);
        this.scratch_w = new Scratch[threads];
    }

    private static final class Scratch {
        final DenseSums sums = new DenseSums();
        final float[] inputs;
        final float[] out = new float[FusedEncoder.ROWS * OUT_STRIDE];
        final int[] cursor_b = new int[FusedEncoder.ROWS];

        Scratch(int stride) {
            this.inputs = new float[FusedEncoder.ROWS * stride];
        }
    }

    /** Before a step's blocks: all latents may be active. */
    void prepare(Workers workers) {
        prepare(workers, null, latents);
    }

    /** Before a step's blocks: only the first {@code size} of {@code names}, in ascending order, may be active. */
    void prepare(Workers workers, int @Nullable [] names, int size) {
        this.names = names;
        this.size = size;
        if (names != null) {
            place_s = place_s == null ? new int[latents] : place_s;
            for (int i = 0; i < size; i++) {
                place_s[names[i]] = i;
            }
        }
        packed.pack(workers, wDec_sd, names, size);
    }

    /** Adds {@code value_at w_dec} of a block's codes to the rows of {@code out_bd} from {@code outAt} on. */
    void addTo(int worker, Codes codes, float[] value_at, int first, int rows, float[] out_bd, int outAt) {
        DenseSums sums = scratch(worker).sums;
        sums.add(new ByExample(codes), first, rows, value_at, names, size, wDec_sd, stride, out_bd, outAt);
    }

    /** Writes {@code error . w_dec} of a block's codes, at their positions; the first example's error is at {@code errorAt}. */
    void valueGradients(
            int worker, Codes codes, int first, int rows, float[] error_bd, int errorAt, float[] gradient_at) {
        Scratch scratch = scratch(worker);
        Tiles.pack(error_bd, stride, errorAt / stride, rows, stride, scratch.inputs);
        for (int row = 0; row < rows; row++) {
            scratch.cursor_b[row] = codes.start(first + row);
        }
        int perPass = COLUMNS / PANEL;
        for (int panel = 0; panel < packed.panels(); panel += perPass) {
            int end = Math.min(panel + perPass, packed.panels());
            packed.multiply(scratch.inputs, Math.ceilDiv(rows, Tiles.ROWS), panel, end, scratch.out, OUT_STRIDE);
            for (int row = 0; row < rows; row++) {
                pick(scratch, codes, first, row, panel * PANEL, end * PANEL, gradient_at);
            }
        }
    }

    private void pick(Scratch scratch, Codes codes, int first, int row, int from, int to, float[] gradient_at) {
        int at = scratch.cursor_b[row];
        for (; at < codes.end(first + row) && place(codes.latent(at)) < to; at++) {
            gradient_at[at] = scratch.out[row * OUT_STRIDE + place(codes.latent(at)) - from];
        }
        scratch.cursor_b[row] = at;
    }

    private int place(int latent) {
        return place_s == null ? latent : place_s[latent];
    }

    private Scratch scratch(int worker) {
        Scratch scratch = scratch_w[worker];
        if (scratch == null) {
            scratch = new Scratch(stride);
            scratch_w[worker] = scratch;
        }
        return scratch;
    }

    private final class ByExample implements DenseSums.Lists {
        private final Codes codes;

        ByExample(Codes codes) {
            this.codes = codes;
        }

        @Override
        public int start(int example) {
            return codes.start(example);
        }

        @Override
        public int end(int example) {
            return codes.end(example);
        }

        @Override
        public int row(int position) {
            return place(codes.latent(position));
        }
    }
}

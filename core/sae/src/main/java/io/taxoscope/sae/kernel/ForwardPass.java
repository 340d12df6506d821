package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Activation;
import io.taxoscope.sae.AuxK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Codes, errors and the pre-activations' gradients of a batch, block by block of examples. Where an example's codes
 * depend on it alone and their number is bounded, a block is encoded and decoded in one go; otherwise candidates of all
 * blocks are collected first.
 */
final class ForwardPass {
    private final float inputScale;
    private final PaddedParameters weights;
    private final Decoder decoder;
    private final @Nullable DeadRevival revival;
    private final @Nullable LatentTerms terms;
    private final @Nullable BatchSelection batchSelection;
    private final @Nullable Candidates candidates;
    private final @Nullable StrongestChildren children;
    private final DenseDecoder denseDecoder;
    private final double denseFrom;
    private final int latents;
    private final NestedDecoder nestedDecoder;
    private final ErrorRows errors;
    private final int most;
    private final int width;
    private final int stride;
    private final FusedEncoder[] encoders;
    private final float[] padded_bd;
    private final float[] centred_bd;
    private final float[] errorSum_cd;
    private final float[] residualSum_cd;
    private final double[] squaredError_c;
    private final double[] loss_c;
    private float[] preGradient_at = {};
    private int blocks;
    private int examples;
    private boolean dense;

    ForwardPass(
            StepSettings settings,
            float inputScale,
            PaddedParameters weights,
            PackedEncoder packed,
            @Nullable DeadRevival revival,
            @Nullable LatentTerms terms,
            int maxBatch,
            int threads,
            double denseFrom) {
        this.inputScale = inputScale;
        this.weights = weights;
        this.revival = revival;
        this.terms = terms;
        this.batchSelection = BatchSelection.of(settings.architecture());
        this.candidates = batchSelection == null && terms == null ? null : new Candidates(packed.latents(), maxBatch);
        this.width = packed.width();
        this.stride = Lanes.roundUp(width, Lanes.COUNT);
        this.decoder = new Decoder(weights.wDec_sd, stride);
        this.latents = weights.wDec_sd.length / stride;
        this.denseFrom = denseFrom;
        this.denseDecoder = new DenseDecoder(weights.wDec_sd, latents, stride, threads);
        this.errors = new ErrorRows(settings.architecture(), maxBatch, stride);
        this.nestedDecoder = new NestedDecoder(errors, weights.wDec_sd, stride);
        Activation activation = settings.architecture().activation();
        this.most = activation.most(packed.latents());
        this.children = activation instanceof Activation.Hierarchical tree
                ? new StrongestChildren(tree, weights, stride)
                : null;
        this.encoders = new FusedEncoder[threads];
        boolean signed = settings.keepsNegatives();
        for (int worker = 0; worker < threads; worker++) {
            Selection selection = candidates == null
                    ? FusedEncoder.strongest(children == null ? most : most / 2, signed)
                    : candidates.collector();
            encoders[worker] = new FusedEncoder(packed, selection, revival == null ? 0 : revival.kAux(), signed);
        }
        this.padded_bd = new float[threads * stride];
        this.centred_bd = new float[Math.multiplyExact(maxBatch, stride)];
        int maxBlocks = FusedEncoder.blocks(maxBatch);
        this.errorSum_cd = new float[maxBlocks * stride];
        this.residualSum_cd = errors.nested() ? new float[maxBlocks * stride] : errorSum_cd;
        this.squaredError_c = new double[maxBlocks];
        this.loss_c = new double[maxBlocks];
    }

    /** Codes with room for what this pass finds. */
    Codes newCodes(int maxBatch) {
        return candidates == null ? new Codes(maxBatch, most) : Codes.ragged(maxBatch);
    }

    /**
     * @param x_bd activations as they are
     * @param step finished steps
     */
    void run(Workers workers, float[] x_bd, int n, int step, Codes codes) {
        blocks = FusedEncoder.blocks(n);
        examples = n;
        errors.levels().prepare(step);
        if (candidates == null) {
            reserve(codes.capacity());
            chooseDecoder(workers, most);
            workers.run(blocks, (worker, block) -> {
                encodeBlock(worker, block, x_bd, n, codes);
                decodeBlock(worker, block, n, codes);
            });
            return;
        }
        collect(candidates, workers, x_bd, n, codes);
        codes.layOut(candidates.count_b(), n);
        reserve(codes.capacity());
        chooseDecoder(workers, codes.total(n) / (double) n);
        workers.run(blocks, (worker, block) -> {
            for (int b = firstOf(block); b < firstOf(block) + rowsOf(block, n); b++) {
                candidates.copyTo(codes, b);
                if (terms != null) {
                    terms.activate(codes, b);
                }
            }
            decodeBlock(worker, block, n, codes);
        });
    }

    /** Whether this step's codes are so many that dense products are faster than gathering rows. */
    boolean dense() {
        return dense;
    }

    /** Of this step. */
    int examples() {
        return examples;
    }

    /** {@code scale * x - b_dec}, padded rows. */
    float[] centred_bd() {
        return centred_bd;
    }

    ErrorRows errors() {
        return errors;
    }

    float[] preGradient_at() {
        return preGradient_at;
    }

    /** Of the whole reconstruction. */
    double squaredError() {
        return VectorTraining.sum(squaredError_c, blocks);
    }

    /** Reconstruction error and penalty, summed over the batch. */
    double loss() {
        return VectorTraining.sum(loss_c, blocks);
    }

    /** The error's element {@code i} summed over the batch; with nested reconstructions their weighted sum. */
    double errorSum(int i) {
        return sum(errorSum_cd, i);
    }

    /** {@code sum_b |e_b - mean(e)|²} of the whole reconstruction. */
    double residualVariance(int n) {
        double ofMean = 0;
        for (int i = 0; i < width; i++) {
            double sum = sum(residualSum_cd, i);
            ofMean += sum * sum;
        }
        return AuxK.residualVariance(squaredError(), ofMean / n);
    }

    private double sum(float[] perBlock_cd, int i) {
        double sum = 0;
        for (int block = 0; block < blocks; block++) {
            sum += perBlock_cd[block * stride + i];
        }
        return sum;
    }

    private void collect(Candidates candidates, Workers workers, float[] x_bd, int n, Codes codes) {
        if (terms != null) {
            terms.prepare(candidates);
        }
        if (batchSelection == null) {
            workers.run(blocks, (worker, block) -> encodeBlock(worker, block, x_bd, n, codes));
            return;
        }
        if (!batchSelection.hasGuess()) {
            candidates.setBounds(0);
            workers.run(1, (worker, block) -> encodeBlock(worker, block, x_bd, n, codes));
            batchSelection.guessFrom(candidates, rowsOf(0, n));
        }
        do {
            candidates.setBounds(batchSelection.bound());
            workers.run(blocks, (worker, block) -> encodeBlock(worker, block, x_bd, n, codes));
        } while (!batchSelection.choose(candidates, n));
    }

    private void chooseDecoder(Workers workers, double perExample) {
        dense = !errors.nested() && children == null && perExample >= denseFrom * latents;
        if (dense) {
            denseDecoder.prepare(workers);
        }
    }

    private void reserve(int capacity) {
        if (preGradient_at.length < capacity) {
            preGradient_at = new float[capacity];
        }
        errors.reserve(capacity);
        if (terms != null) {
            terms.reserve(capacity);
        }
    }

    private void encodeBlock(int worker, int block, float[] x_bd, int n, Codes codes) {
        int first = firstOf(block);
        int rows = rowsOf(block, n);
        for (int b = first; b < first + rows; b++) {
            System.arraycopy(x_bd, b * width, padded_bd, worker * stride, width);
            Rows.scale(inputScale, padded_bd, worker * stride, stride);
            Rows.subtract(padded_bd, worker * stride, weights.bDec_d, 0, centred_bd, b * stride, stride);
        }
        if (revival == null || !revival.active()) {
            encoders[worker].encode(centred_bd, stride, first, rows, codes, null, null);
        } else {
            encoders[worker].encode(centred_bd, stride, first, rows, codes, revival.codes(), revival.deadMask_s());
        }
        for (int b = first; b < first + rows && children != null; b++) {
            children.addTo(codes, b, centred_bd, b * stride);
        }
    }

    private void decodeBlock(int worker, int block, int n, Codes codes) {
        Arrays.fill(errorSum_cd, block * stride, (block + 1) * stride, 0f);
        Arrays.fill(residualSum_cd, block * stride, (block + 1) * stride, 0f);
        squaredError_c[block] = 0;
        loss_c[block] = 0;
        int first = firstOf(block);
        int rows = rowsOf(block, n);
        if (dense) {
            decodeDense(worker, block, first, rows, codes);
        }
        if (terms != null) {
            terms.decode(worker, dense ? denseDecoder : null, codes, first, rows, centred_bd);
        }
        for (int b = first; b < first + rows; b++) {
            if (errors.nested()) {
                decodeNested(b, block, codes);
            } else if (!dense) {
                decode(b, block, codes);
            }
            if (terms != null) {
                loss_c[block] += terms.backward(codes, b, preGradient_at, centred_bd);
            }
        }
        if (revival != null) {
            revival.reconstruct(worker, decoder, block, first, rows);
        }
    }

    /** Decodes one example and, while its row is hot, its error, its share of the loss and its codes' gradients. */
    private void decode(int b, int block, Codes codes) {
        int at = b * stride;
        decoder.writeTo(codes, b, errors.rows(), at);
        takeError(b, block);
        decoder.valueGradients(codes, b, errors.rows(), at, preGradient_at);
    }

    private void decodeDense(int worker, int block, int first, int rows, Codes codes) {
        float[] error_bd = errors.rows();
        Arrays.fill(error_bd, first * stride, (first + rows) * stride, 0f);
        denseDecoder.addTo(worker, codes, codes.values(), first, rows, error_bd, first * stride);
        for (int b = first; b < first + rows; b++) {
            takeError(b, block);
        }
        denseDecoder.valueGradients(worker, codes, first, rows, error_bd, first * stride, preGradient_at);
    }

    /** Turns an example's reconstruction into its error, and adds that up. */
    private void takeError(int b, int block) {
        float[] error_bd = errors.rows();
        int at = b * stride;
        Rows.subtract(error_bd, at, centred_bd, at, error_bd, at, stride);
        Rows.add(error_bd, at, errorSum_cd, block * stride, stride);
        double squares = Rows.dot(error_bd, at, error_bd, at, stride);
        squaredError_c[block] += squares;
        loss_c[block] += squares;
        keepResidual(at, b);
    }

    private void decodeNested(int b, int block, Codes codes) {
        loss_c[block] += nestedDecoder.decode(codes, b, centred_bd, b * stride);
        int whole = errors.start(errors.levels().count() - 1, b);
        squaredError_c[block] += Rows.dot(errors.rows(), whole, errors.rows(), whole, stride);
        Rows.add(errors.rows(), whole, residualSum_cd, block * stride, stride);
        keepResidual(whole, b);
        nestedDecoder.accumulate(b);
        Rows.add(errors.rows(), errors.start(0, b), errorSum_cd, block * stride, stride);
        nestedDecoder.valueGradients(codes, b, preGradient_at);
    }

    private void keepResidual(int errorAt, int b) {
        if (revival != null && revival.active()) {
            revival.keepResidual(errors.rows(), errorAt, weights.bDec_d, b);
        }
    }

    private static int firstOf(int block) {
        return block * FusedEncoder.ROWS;
    }

    private static int rowsOf(int block, int n) {
        return Math.min(FusedEncoder.ROWS, n - firstOf(block));
    }
}

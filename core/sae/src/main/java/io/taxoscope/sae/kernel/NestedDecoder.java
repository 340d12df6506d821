package io.taxoscope.sae.kernel;

import java.util.Arrays;

/** Decodes an example level by level: each reconstruction is the one before and the codes of one level more. */
final class NestedDecoder {
    private final ErrorRows errors;
    private final float[] wDec_sd;
    private final int stride;

    NestedDecoder(ErrorRows errors, float[] wDec_sd, int stride) {
        this.errors = errors;
        this.wDec_sd = wDec_sd;
        this.stride = stride;
    }

    /** Writes the error of every level; returns the weighted sum of their squares. */
    double decode(Codes codes, int b, float[] centred_bd, int centredAt) {
        errors.assignLevels(codes, b);
        float[] rows = errors.rows();
        int[] latent = new int[codes.active(b)];
        float[] value = new float[codes.active(b)];
        double loss = 0;
        for (int level = 0; level < errors.levels().count(); level++) {
            int row = errors.start(level, b);
            if (level == 0) {
                Arrays.fill(rows, row, row + stride, 0f);
                Rows.subtract(rows, row, centred_bd, centredAt, rows, row, stride);
            } else {
                System.arraycopy(rows, errors.start(level - 1, b), rows, row, stride);
            }
            int count = 0;
            for (int at = codes.start(b); at < codes.end(b); at++) {
                if (errors.levelOf(at) == level) {
                    latent[count] = codes.latent(at);
                    value[count++] = codes.value(at);
                }
            }
            Rows.addWeighted(value, latent, 0, count, wDec_sd, stride, rows, row, stride);
            loss += (double) errors.levels().weight(level) * Rows.dot(rows, row, rows, row, stride);
        }
        return loss;
    }

    /** Replaces each level's error by the weighted sum of its own and all later ones: the gradient of its codes. */
    void accumulate(int b) {
        float[] rows = errors.rows();
        int last = errors.levels().count() - 1;
        Rows.scale(errors.levels().weight(last), rows, errors.start(last, b), stride);
        for (int level = last - 1; level >= 0; level--) {
            Rows.scale(errors.levels().weight(level), rows, errors.start(level, b), stride);
            Rows.add(rows, errors.start(level + 1, b), rows, errors.start(level, b), stride);
        }
    }

    void valueGradients(Codes codes, int b, float[] gradient_at) {
        for (int at = codes.start(b); at < codes.end(b); at++) {
            int row = errors.start(errors.levelOf(at), b);
            gradient_at[at] = Rows.dot(errors.rows(), row, wDec_sd, codes.latent(at) * stride, stride);
        }
    }
}

package io.taxoscope.sae.kernel;

import io.taxoscope.sae.Architecture;

/**
 * What each example's codes get their gradients from: for every level the error {@code x̂ - x} of that reconstruction,
 * and, once an example is through, the weighted sum of this level's and all later ones'. Padded rows, level by level.
 */
final class ErrorRows {
    private final Levels levels;
    private final int maxBatch;
    private final int stride;
    private final float[] rows;
    private int[] level_at = {};

    ErrorRows(Architecture architecture, int maxBatch, int stride) {
        this.levels = Levels.of(architecture);
        this.maxBatch = maxBatch;
        this.stride = stride;
        this.rows = new float[Math.multiplyExact(Math.multiplyExact(levels.count(), maxBatch), stride)];
    }

    boolean nested() {
        return levels.count() > 1;
    }

    Levels levels() {
        return levels;
    }

    float[] rows() {
        return rows;
    }

    /** Makes room for the levels of so many codes. */
    void reserve(int capacity) {
        if (nested() && level_at.length < capacity) {
            level_at = new int[capacity];
        }
    }

    void assignLevels(Codes codes, int example) {
        levels.assign(codes, example, level_at);
    }

    int levelOf(int position) {
        return nested() ? level_at[position] : 0;
    }

    /** The row that belongs to a code at {@code position} of {@code example}. */
    int rowOf(int position, int example) {
        return levelOf(position) * maxBatch + example;
    }

    /** Where a row starts. */
    int start(int level, int example) {
        return (level * maxBatch + example) * stride;
    }
}

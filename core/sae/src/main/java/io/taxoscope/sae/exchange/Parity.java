package io.taxoscope.sae.exchange;

import org.jspecify.annotations.Nullable;

/**
 * How far our codes are from those of another implementation, over some rows.
 *
 * @param rows compared
 * @param maxCodeDifference greatest difference of a latent's value
 * @param maxReconstructionDifference greatest difference of a reconstruction's element; null when the other gave none
 * @param largestCode greatest value among the other's codes, to judge the difference by
 * @param rowsWithOtherLatents rows in which not the same latents are active
 * @param otherLatents latents active in one and not in the other, over all rows
 * @param l0 active latents per row, ours
 * @param referenceL0 active latents per row, the other's
 */
public record Parity(
        int rows,
        double maxCodeDifference,
        @Nullable Double maxReconstructionDifference,
        double largestCode,
        int rowsWithOtherLatents,
        long otherLatents,
        double l0,
        double referenceL0) {}

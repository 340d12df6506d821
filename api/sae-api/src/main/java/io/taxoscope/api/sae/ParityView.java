package io.taxoscope.api.sae;

import org.jspecify.annotations.Nullable;

/**
 * How far the platform's codes are from those of another implementation.
 *
 * @param against what they were compared with
 * @param input which rows were encoded
 * @param maxCodeDifference greatest difference of a latent's value
 * @param maxReconstructionDifference greatest difference of a reconstruction's element; absent when the other gave none
 * @param largestCode greatest value among the other's codes, to judge the differences by
 * @param rowsWithOtherLatents rows in which not the same latents are active
 * @param otherLatents latents active in one and not in the other, over all rows
 * @param l0 active latents per row, ours
 * @param referenceL0 active latents per row, the other's
 */
public record ParityView(
        Against against,
        Input input,
        int rows,
        double maxCodeDifference,
        @Nullable Double maxReconstructionDifference,
        double largestCode,
        int rowsWithOtherLatents,
        long otherLatents,
        double l0,
        double referenceL0) {
    public enum Against {
        /** Codes that the caller brought. */
        REFERENCE,
        /** The formula of the SAE's format, in double precision. */
        FORMULA
    }

    public enum Input {
        /** Rows that the caller brought. */
        REFERENCE,
        SHARD_SET,
        /** Normally distributed about b_dec. */
        GENERATED
    }
}

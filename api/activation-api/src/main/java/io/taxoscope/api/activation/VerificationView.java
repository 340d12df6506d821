package io.taxoscope.api.activation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the taps of a model agree with what another program holds at the same points.
 *
 * @param nImages images of the reference
 * @param agrees whether at least one tensor of the reference fits a tap, and all that do are held by one: by the tap of their own
 *     name where there is one
 * @param tensors one for each tensor of the reference, in the order of the taps
 * @param notCompared taps that no tensor of the reference was compared with
 */
public record VerificationView(
        String modelId,
        int nImages,
        double tolerance,
        boolean agrees,
        List<TensorAgreement> tensors,
        List<String> notCompared) {

    /**
     * A tensor of the reference against the tap of its own name, else the tap that is nearest to it among those that it fits.
     *
     * @param shape of the reference
     * @param tap absent when it fits none
     * @param maxAbsoluteDifference max |tap - reference| over all images and numbers
     * @param relativeDifference the same over max |reference|
     * @param cosine of the angle between both as one long vector
     * @param agrees whether the relative difference is within the tolerance
     * @param nearest the nearest tap of all that it fits; another one than {@code tap} when a tap's name was given to the wrong tensor
     */
    public record TensorAgreement(
            String tensor,
            List<Long> shape,
            @Nullable String tap,
            @Nullable Double maxAbsoluteDifference,
            @Nullable Double relativeDifference,
            @Nullable Double cosine,
            boolean agrees,
            @Nullable String nearest) {}
}

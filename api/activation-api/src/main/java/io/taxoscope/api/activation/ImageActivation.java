package io.taxoscope.api.activation;

import java.util.List;

/**
 * What a tap holds for one image.
 *
 * @param vector as wide as the tap
 * @param decodeSeconds reading the file and preparing its pixels
 * @param modelSeconds running the model up to the tap, without loading it
 * @param wasLoaded whether the model was in memory already
 */
public record ImageActivation(
        String tap,
        TokenSelection token,
        List<Float> vector,
        double decodeSeconds,
        double modelSeconds,
        boolean wasLoaded) {}

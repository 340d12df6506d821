package io.taxoscope.api.sae;

import java.util.List;

/** @param nActive examples that activate the latent at all */
public record LatentTop(int latent, long nActive, List<TopExample> items) {

    /** @param index row of the example in its dataset */
    public record TopExample(int index, float value) {}
}

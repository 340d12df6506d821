package io.taxoscope.api.sae;

import java.util.List;

/** The codes of some rows, in their order. */
public record EncodedRows(List<EncodedRow> items) {
    /**
     * @param latents active ones
     * @param values theirs, in the same order
     */
    public record EncodedRow(List<Integer> latents, List<Float> values) {}
}

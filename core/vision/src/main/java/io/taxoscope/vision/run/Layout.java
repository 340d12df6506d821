package io.taxoscope.vision.run;

/** Order of a tap's axes. */
public enum Layout {
    /** batch, token, width */
    BTD,
    /** batch, channel, height, width */
    BCHW,
    /** batch, height, width, channel: hierarchical transformers */
    BHWC,
    /** batch, head, query token, key token: attention weights, whose vector is that of one query, heads by keys */
    BHQK,
    /** batch, width */
    BD
}

package io.taxoscope.vision.run;

/** Order of a tap's axes. */
public enum Layout {
    /** batch, token, width */
    BTD,
    /** batch, channel, height, width */
    BCHW,
    /** batch, width */
    BD
}

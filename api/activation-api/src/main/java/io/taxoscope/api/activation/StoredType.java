package io.taxoscope.api.activation;

/** How the numbers of an activation are stored; readers get single precision back. */
public enum StoredType {
    /** Single precision: every bit is kept. */
    F32,
    /** Half precision: 11 significant bits; values beyond 65,504 are refused. */
    F16,
    /** The upper half of single precision: 8 significant bits, the whole range. */
    BF16,
    /** Whole numbers times a scale for each channel of each shard. */
    I8
}

package io.taxoscope.taxonomy;

/**
 * What a node of a hierarchy is addressed by: any text in an uploaded one; in WordNet 3.0 {@code n} and the eight digits
 * of the noun's offset, which is also ImageNet's wnid. Whether a hierarchy has such a node is for the hierarchy to say.
 */
public record SynsetId(String value) implements Comparable<SynsetId> {
    public static SynsetId of(String value) {
        return new SynsetId(value);
    }

    @Override
    public int compareTo(SynsetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.taxoscope.taxonomy;

/**
 * The name of a node of a hierarchy. In WordNet 3.0 it is {@code n} and the eight digits of the noun's offset, which is
 * also ImageNet's wnid. Whether a hierarchy has such a node is for the hierarchy to say.
 */
public record SynsetId(String value) implements Comparable<SynsetId> {
    public static SynsetId of(String value) {
        return new SynsetId(value);
    }

    static SynsetId ofOffset(int offset) {
        String digits = Integer.toString(offset);
        return new SynsetId("n" + "0".repeat(8 - digits.length()) + digits);
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

package io.taxoscope.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From a word to the offsets of its synsets, in WordNet's order of senses. Reads {@code index.noun} (wndb(5WN)), whose
 * lines end in {@code synset_cnt} offsets:
 *
 * <pre>lemma n synset_cnt p_cnt [symbol…] sense_cnt tagsense_cnt offset [offset…]</pre>
 */
final class LemmaIndex {
    private static final int[] NONE = {};

    private final Map<String, int[]> offsetsByLemma;

    private LemmaIndex(Map<String, int[]> offsetsByLemma) {
        this.offsetsByLemma = offsetsByLemma;
    }

    static LemmaIndex parse(byte[] index) {
        var offsets = HashMap.<String, int[]>newHashMap(120_000);
        for (int start = 0, end; start < index.length; start = end + 1) {
            end = start;
            while (end < index.length && index[end] != '\n') {
                end++;
            }
            if (index[start] != ' ') {
                var fields = new String(index, start, end - start, StandardCharsets.US_ASCII)
                        .strip()
                        .split(" ");
                offsets.merge(normalise(fields[0]), offsets(fields), LemmaIndex::union);
            }
        }
        return new LemmaIndex(offsets);
    }

    int[] offsets(String lemma) {
        return offsetsByLemma.getOrDefault(normalise(lemma), NONE);
    }

    private static int[] offsets(String[] fields) {
        int count = Integer.parseInt(fields[2]);
        return Arrays.stream(fields, fields.length - count, fields.length)
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** {@code t-shirt} and {@code t shirt} are one key; senses of the first spelling come first. */
    private static int[] union(int[] first, int[] second) {
        return IntStream.concat(Arrays.stream(first), Arrays.stream(second))
                .distinct()
                .toArray();
    }

    private static String normalise(String lemma) {
        return lemma.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }
}

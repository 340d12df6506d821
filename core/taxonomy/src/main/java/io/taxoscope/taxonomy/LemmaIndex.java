package io.taxoscope.taxonomy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * From a word to what it may stand for, most common meaning first: numbers of nodes or, for WordNet, offsets of synsets.
 * Case does not matter; spaces, hyphens and underscores count as the same.
 */
final class LemmaIndex {
    private static final int[] NONE = {};

    private final Map<String, int[]> meanings;

    private LemmaIndex(Map<String, int[]> meanings) {
        this.meanings = meanings;
    }

    /** @param lemmasByNode the words for each node; of nodes that share a word the lower number comes first */
    static LemmaIndex of(List<List<String>> lemmasByNode) {
        var meanings = new HashMap<String, int[]>();
        for (int node = 0; node < lemmasByNode.size(); node++) {
            int[] self = {node};
            lemmasByNode.get(node).forEach(lemma -> meanings.merge(normalise(lemma), self, LemmaIndex::union));
        }
        return new LemmaIndex(meanings);
    }

    /**
     * Reads {@code index.noun} (wndb(5WN)), whose lines end in {@code synset_cnt} offsets:
     *
     * <pre>lemma n synset_cnt p_cnt [symbol…] sense_cnt tagsense_cnt offset [offset…]</pre>
     */
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

    int[] find(String lemma) {
        return meanings.getOrDefault(normalise(lemma), NONE);
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

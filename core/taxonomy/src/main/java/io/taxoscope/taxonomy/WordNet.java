package io.taxoscope.taxonomy;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * The nouns of WordNet 3.0: 82,115 synsets under {@code entity}. Parents are hypernyms and instance hypernyms alike, as
 * ImageNet's own tree has it. Read from the unchanged Princeton files, checked by hash; immutable and thread-safe.
 */
public final class WordNet implements Hierarchy {
    /** Hashes of the Princeton files; ImageNet's wnids are positions in exactly this {@code data.noun}. */
    static final Sha256 DATA_NOUN = new Sha256("489f145e0f68877c0be5bd0eb4117adaaac52f38f6204eb8d85dbe2158b614cc");

    static final Sha256 INDEX_NOUN = new Sha256("a490d99d93d017bf4822fe2f0ffa51fd73911ce271dc7535fade21f8814b5a04");

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn30/";
    private static final Vocabulary WORDS = new Vocabulary(
            "noun synset of WordNet 3.0",
            "noun of WordNet 3.0",
            "wnid",
            "wnid is an n and eight digits, such as n02084071 (dog)");

    private final byte[] nouns;
    private final int[] offsets;
    private final Dag dag;
    private final LemmaIndex lemmas;

    private WordNet(byte[] nouns, byte[] index) {
        this.nouns = nouns;
        this.offsets = lineOffsets(nouns);
        this.dag = new Dag(Arrays.stream(offsets).mapToObj(WordNet::wnid).toList(), parents());
        this.lemmas = LemmaIndex.parse(index);
    }

    /** Takes well under a second; keep the result. */
    public static WordNet load() {
        return new WordNet(resource("data.noun", DATA_NOUN), resource("index.noun", INDEX_NOUN));
    }

    @Override
    public String title() {
        return "WordNet 3.0";
    }

    @Override
    public Vocabulary vocabulary() {
        return WORDS;
    }

    @Override
    public Dag dag() {
        return dag;
    }

    @Override
    public Synset synset(int node) {
        var line = new NounLine(nouns, offsets[node]);
        line.offset();
        return new Synset(
                dag.id(node),
                line.lemmas(),
                line.gloss(),
                dag.minDepth(node),
                dag.maxDepth(node),
                dag.ids(dag.parents(node)),
                dag.ids(dag.children(node)));
    }

    @Override
    public String name(int node) {
        // Without reading the rest of the line.
        var line = new NounLine(nouns, offsets[node]);
        line.offset();
        return line.lemmas().getFirst();
    }

    /** The name that NLTK gives a synset: {@code dog.n.01}. */
    @Override
    public String senseName(int node) {
        var lemma = name(node).toLowerCase(Locale.ROOT);
        int[] senses = nodesOfLemma(lemma);
        int sense = 0;
        while (sense < senses.length && senses[sense] != node) {
            sense++;
        }
        return "%s.n.%02d".formatted(lemma, sense + 1);
    }

    @Override
    public int[] nodesOfLemma(String lemma) {
        return Arrays.stream(lemmas.find(lemma))
                .map(offset -> Arrays.binarySearch(offsets, offset))
                .toArray();
    }

    /** Princeton's licence, as it stands at the head of the data file. */
    public String licence() {
        var head = new String(nouns, 0, offsets[0], StandardCharsets.UTF_8);
        return head.replaceAll("(?m)^ {2,}\\d+ ?", "").replaceAll("(?m) +$", "");
    }

    static SynsetId wnid(int offset) {
        String digits = Integer.toString(offset);
        return new SynsetId("n" + "0".repeat(8 - digits.length()) + digits);
    }

    private int[][] parents() {
        int[][] parents = new int[offsets.length][];
        var found = new IntList();
        for (int node = 0; node < offsets.length; node++) {
            var line = new NounLine(nouns, offsets[node]);
            line.offset();
            found.clear();
            line.hypernymOffsets(found);
            int[] up = found.toArray();
            Arrays.setAll(up, i -> Arrays.binarySearch(offsets, up[i]));
            parents[node] = up;
        }
        return parents;
    }

    /** Positions of the synset lines: all but those of the licence, which start with a space. */
    private static int[] lineOffsets(byte[] nouns) {
        var found = new IntList();
        for (int start = 0; start < nouns.length; ) {
            if (nouns[start] != ' ') {
                found.add(start);
            }
            while (start < nouns.length && nouns[start] != '\n') {
                start++;
            }
            start++;
        }
        return found.toArray();
    }

    private static byte[] resource(String name, Sha256 expected) {
        try (InputStream in = WordNet.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw damaged(name + " is not on the class path: add net.sf.extjwnl:extjwnl-data-wn30");
            }
            byte[] bytes = in.readAllBytes();
            var actual = Sha256.of(bytes);
            if (!actual.equals(expected)) {
                throw damaged(name + " has SHA-256 " + actual + ", not " + expected + ": this is not WordNet 3.0");
            }
            return bytes;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read WordNet's " + name, failure);
        }
    }

    private static TaxoscopeException damaged(String message) {
        return new TaxoscopeException(TaxonomyError.WORDNET_DAMAGED, message);
    }
}

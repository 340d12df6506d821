package io.taxoscope.taxonomy;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The nouns of WordNet 3.0: 82,115 synsets under {@code entity}. Parents are hypernyms and instance hypernyms alike, as
 * ImageNet's own tree has it. Read from the unchanged Princeton files, checked by hash; immutable and thread-safe.
 */
public final class WordNet {
    /** Hashes of the Princeton files; ImageNet's wnids are positions in exactly this {@code data.noun}. */
    static final Sha256 DATA_NOUN = new Sha256("489f145e0f68877c0be5bd0eb4117adaaac52f38f6204eb8d85dbe2158b614cc");

    static final Sha256 INDEX_NOUN = new Sha256("a490d99d93d017bf4822fe2f0ffa51fd73911ce271dc7535fade21f8814b5a04");

    private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn30/";
    private static final Pattern WNID = Pattern.compile("n\\d{8}");

    private final byte[] nouns;
    private final int[] offsets;
    private final Dag dag;
    private final LemmaIndex lemmas;

    private WordNet(byte[] nouns, byte[] index) {
        this.nouns = nouns;
        this.offsets = lineOffsets(nouns);
        this.dag = new Dag(Arrays.stream(offsets).mapToObj(SynsetId::ofOffset).toList(), parents());
        this.lemmas = LemmaIndex.parse(index);
    }

    /** Takes well under a second; keep the result. */
    public static WordNet load() {
        return new WordNet(resource("data.noun", DATA_NOUN), resource("index.noun", INDEX_NOUN));
    }

    public int size() {
        return offsets.length;
    }

    /** The whole hierarchy; node numbers follow the order of wnids. */
    public Dag dag() {
        return dag;
    }

    public Optional<Synset> find(SynsetId id) {
        var node = dag.find(id);
        return node.isPresent() ? Optional.of(synset(node.getAsInt())) : Optional.empty();
    }

    /** The synset, or a failure that says what a wnid looks like. */
    public Synset get(SynsetId id) {
        return synset(node(id));
    }

    public int node(SynsetId id) {
        return dag.find(id).orElseThrow(() -> new TaxoscopeException(TaxonomyError.SYNSET_NOT_FOUND, missing(id)));
    }

    public Synset synset(int node) {
        var line = new NounLine(nouns, offsets[node]);
        line.offset();
        return new Synset(
                dag.id(node),
                line.lemmas(),
                line.gloss(),
                dag.minDepth(node),
                dag.maxDepth(node),
                ids(dag.parents(node)),
                ids(dag.children(node)));
    }

    /** The first lemma of a node, without reading the rest. */
    public String name(int node) {
        var line = new NounLine(nouns, offsets[node]);
        line.offset();
        return line.lemmas().getFirst();
    }

    /**
     * The synsets that a word may mean, most common sense first; empty when it is no noun here. Case does not matter;
     * spaces, hyphens and underscores count as the same.
     */
    public List<Synset> findByLemma(String lemma) {
        return Arrays.stream(lemmas.offsets(lemma))
                .mapToObj(offset -> get(SynsetId.ofOffset(offset)))
                .toList();
    }

    /** Princeton's licence, as it stands at the head of the data file. */
    public String licence() {
        var head = new String(nouns, 0, offsets[0], StandardCharsets.UTF_8);
        return head.replaceAll("(?m)^ {2,}\\d+ ?", "").replaceAll("(?m) +$", "");
    }

    private static String missing(SynsetId id) {
        return WNID.matcher(id.value()).matches()
                ? "WordNet 3.0 has no noun synset " + id
                : "\"" + id + "\" is no wnid: an n and eight digits, such as n02084071 (dog)";
    }

    private List<SynsetId> ids(int[] nodes) {
        return Arrays.stream(nodes).mapToObj(dag::id).toList();
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

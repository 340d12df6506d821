package io.taxoscope.taxonomy;

import io.taxoscope.common.TaxoscopeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A taxonomy as a whole: its nodes with the words for them, and which lies above which. Immutable and thread-safe. What
 * is asked about a dataset is asked of the part above its classes, a {@link Taxonomy}.
 */
public sealed interface Hierarchy permits WordNet, UploadedHierarchy {
    /** What people call it. */
    String title();

    /** Node numbers follow the order of ids. */
    Dag dag();

    Synset synset(int node);

    /** The nodes that a word may stand for, most common meaning first; empty when it is unknown. */
    int[] nodesOfLemma(String lemma);

    /** The words in which messages speak of it. */
    Vocabulary vocabulary();

    /**
     * @param node a node, such as {@code noun synset of WordNet 3.0}
     * @param name a word for a node, such as {@code noun of WordNet 3.0}
     * @param id what a node is addressed by, such as {@code wnid}
     * @param idForm how such an address looks; empty when it may be any text
     */
    record Vocabulary(String node, String name, String id, String idForm) {}

    default int size() {
        return dag().size();
    }

    /** The first word for a node. */
    default String name(int node) {
        return synset(node).name();
    }

    /** A name that no other node has, by which people sort: the id where names may repeat. */
    default String senseName(int node) {
        return dag().id(node).value();
    }

    default Optional<Synset> find(SynsetId id) {
        var node = dag().find(id);
        return node.isPresent() ? Optional.of(synset(node.getAsInt())) : Optional.empty();
    }

    /** The node with an id, or a failure that says what an id looks like. */
    default Synset get(SynsetId id) {
        return synset(node(id));
    }

    /** The number of the node with an id, or a failure that says what an id looks like. */
    default int node(SynsetId id) {
        return dag().find(id).orElseThrow(() -> {
            var form = vocabulary().idForm();
            return new TaxoscopeException(
                    TaxonomyError.SYNSET_NOT_FOUND,
                    "\"" + id + "\" is no " + vocabulary().node() + (form.isEmpty() ? "" : ": a " + form));
        });
    }

    /**
     * The nodes that a word may stand for, most common meaning first; empty when it is unknown. Case does not matter;
     * spaces, hyphens and underscores count as the same.
     */
    default List<Synset> findByLemma(String lemma) {
        return Arrays.stream(nodesOfLemma(lemma)).mapToObj(this::synset).toList();
    }
}

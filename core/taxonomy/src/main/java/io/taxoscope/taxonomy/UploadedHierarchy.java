package io.taxoscope.taxonomy;

import java.util.List;

/**
 * A hierarchy that a user brought. It may have several roots: they then lie below one that is added, {@link #ROOT}, so
 * that any two nodes have a common hypernym.
 */
public final class UploadedHierarchy implements Hierarchy {
    /** The added root; NLTK has the same name for the one that it adds above verbs. */
    public static final SynsetId ROOT = SynsetId.of("*ROOT*");

    private final String title;
    private final Dag dag;
    private final List<List<String>> lemmas;
    private final List<String> glosses;
    private final LemmaIndex index;

    /** @param lemmas words for each node, the first one its name; must not be empty */
    UploadedHierarchy(String title, Dag dag, List<List<String>> lemmas, List<String> glosses) {
        this.title = title;
        this.dag = dag;
        this.lemmas = List.copyOf(lemmas);
        this.glosses = List.copyOf(glosses);
        this.index = LemmaIndex.of(lemmas);
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public Dag dag() {
        return dag;
    }

    @Override
    public Synset synset(int node) {
        return new Synset(
                dag.id(node),
                lemmas.get(node),
                glosses.get(node),
                dag.minDepth(node),
                dag.maxDepth(node),
                dag.ids(dag.parents(node)),
                dag.ids(dag.children(node)));
    }

    @Override
    public String name(int node) {
        return lemmas.get(node).getFirst();
    }

    @Override
    public int[] nodesOfLemma(String lemma) {
        return index.find(lemma);
    }

    @Override
    public Vocabulary vocabulary() {
        return new Vocabulary("node of " + title, "name in " + title, "node id", "");
    }

    /** Its own nodes: without a root that was added. */
    public int nOwnNodes() {
        return dag.find(ROOT).isPresent() ? size() - 1 : size();
    }

    /** Its own edges: without those to a root that was added. */
    public int nOwnEdges() {
        int edges = 0;
        for (int node = 0; node < size(); node++) {
            edges += dag.parents(node).length;
        }
        return edges - (dag.find(ROOT).isPresent() ? nOwnRoots() : 0);
    }

    public int nOwnRoots() {
        return dag.find(ROOT).isPresent() ? dag.children(dag.root()).length : 1;
    }
}

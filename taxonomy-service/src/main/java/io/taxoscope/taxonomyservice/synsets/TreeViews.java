package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.api.taxonomy.TaxonomyTree;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/** The part of a taxonomy on or below a node, as the contract shows it. */
final class TreeViews {
    private TreeViews() {}

    static TaxonomyTree view(Hierarchy hierarchy, Taxonomy taxonomy, int root, int limit) {
        int[] all = taxonomy.dag().downwards(root, Integer.MAX_VALUE);
        int[] shown = Arrays.copyOf(all, Math.min(limit, all.length));
        var inside = members(all);
        var answered = members(shown);
        return new TaxonomyTree(
                taxonomy.id(root).value(),
                all.length,
                IntStream.of(all)
                        .map(node -> (int) parents(taxonomy, node, inside).count())
                        .sum(),
                taxonomy.classesBelow(root).length,
                (int) IntStream.of(all).filter(taxonomy::isReachable).count(),
                all.length - shown.length,
                IntStream.of(shown)
                        .mapToObj(node -> node(hierarchy, taxonomy, node, answered))
                        .toList());
    }

    private static TaxonomyTree.Node node(Hierarchy hierarchy, Taxonomy taxonomy, int node, BitSet answered) {
        var id = taxonomy.id(node);
        return new TaxonomyTree.Node(
                id.value(),
                hierarchy.name(hierarchy.node(id)),
                parents(taxonomy, node, answered)
                        .mapToObj(taxonomy::id)
                        .map(SynsetId::value)
                        .toList(),
                taxonomy.dag().minDepth(node),
                taxonomy.dag().maxDepth(node),
                taxonomy.height(node),
                taxonomy.minHeight(node),
                taxonomy.classesBelow(node).length,
                taxonomy.isClass(node),
                taxonomy.isReachable(node));
    }

    private static IntStream parents(Taxonomy taxonomy, int node, BitSet among) {
        return IntStream.of(taxonomy.dag().parents(node)).filter(among::get);
    }

    private static BitSet members(int[] nodes) {
        var members = new BitSet();
        IntStream.of(nodes).forEach(members::set);
        return members;
    }
}

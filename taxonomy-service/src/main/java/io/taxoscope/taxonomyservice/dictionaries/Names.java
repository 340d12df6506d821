package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.api.taxonomy.SynsetName;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.List;

/** Nodes of a dataset's taxonomy by the ids and names of the whole hierarchy. */
public record Names(Taxonomy taxonomy, Hierarchy hierarchy) {
    public SynsetName of(int node) {
        var id = taxonomy.id(node);
        return new SynsetName(id.value(), hierarchy.name(hierarchy.node(id)));
    }

    public List<SynsetName> of(List<Integer> nodes) {
        return nodes.stream().map(this::of).toList();
    }
}

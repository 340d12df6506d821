package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.Ilsvrc2012;
import io.taxoscope.taxonomy.InformationContent;
import io.taxoscope.taxonomy.Similarities;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.WordNet;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Taxonomies with what questions about them need, made once for WordNet and for the last few others. */
@Component
class PreparedTaxonomies {
    private static final int KEPT = 2;

    private final Hierarchies hierarchies;
    private final Prepared wordNet;
    private final Map<String, Prepared> recent = new LinkedHashMap<>(16, 0.75f, true);

    PreparedTaxonomies(WordNet wordNet, Hierarchies hierarchies) {
        this.hierarchies = hierarchies;
        this.wordNet = Prepared.of(wordNet, Taxonomy.over(wordNet.dag(), Ilsvrc2012.classes()));
    }

    /**
     * @param taxonomy the closure of the classes that are meant where a question names none
     * @param similarities with the information content of these classes, uniform
     */
    record Prepared(Hierarchy hierarchy, Taxonomy taxonomy, Similarities similarities) {
        private static Prepared of(Hierarchy hierarchy, Taxonomy taxonomy) {
            return new Prepared(hierarchy, taxonomy, new Similarities(hierarchy, InformationContent.uniform(taxonomy)));
        }

        /** @param classes the default ones when absent or empty */
        Taxonomy above(@Nullable List<String> classes) {
            return classes == null || classes.isEmpty() ? taxonomy : over(classes);
        }

        /**
         * @param asked of these, the ones that neither are nor lie above a default class count as classes where none are
         *     given, so that every node can be asked for
         */
        Taxonomy above(@Nullable List<String> classes, List<String> asked) {
            if (classes != null && !classes.isEmpty()) {
                return over(classes);
            }
            var outside = asked.stream()
                    .filter(id -> taxonomy.dag().find(SynsetId.of(id)).isEmpty())
                    .toList();
            return outside.isEmpty()
                    ? taxonomy
                    : over(Stream.concat(defaults(), outside.stream()).toList());
        }

        private Stream<String> defaults() {
            return IntStream.range(0, taxonomy.nClasses())
                    .mapToObj(c -> taxonomy.id(taxonomy.classNode(c)).value());
        }

        private Taxonomy over(List<String> classes) {
            var ids = classes.stream().map(SynsetId::of).toList();
            ids.forEach(hierarchy::node);
            return Taxonomy.over(hierarchy.dag(), ids);
        }
    }

    /** @param id null means WordNet */
    Prepared get(@Nullable String id) {
        if (Hierarchies.isWordNet(id)) {
            return wordNet;
        }
        // Asked each time, for it may have been deleted.
        var hierarchy = hierarchies.get(id);
        return prepare(String.valueOf(id), hierarchy);
    }

    private synchronized Prepared prepare(String id, Hierarchy hierarchy) {
        var prepared = recent.computeIfAbsent(id, absent -> Prepared.of(hierarchy, aboveLeaves(hierarchy)));
        if (recent.size() > KEPT) {
            recent.remove(recent.keySet().iterator().next());
        }
        return prepared;
    }

    private static Taxonomy aboveLeaves(Hierarchy hierarchy) {
        var dag = hierarchy.dag();
        return Taxonomy.over(
                dag,
                IntStream.range(0, dag.size())
                        .filter(node -> dag.children(node).length == 0)
                        .mapToObj(dag::id)
                        .toList());
    }
}

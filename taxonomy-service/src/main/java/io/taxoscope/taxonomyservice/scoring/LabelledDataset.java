package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The examples of a dataset with their classes. Classes are numbered by ascending wnid and labels in their own order, so
 * that the same request gives the same numbers on any machine.
 */
final class LabelledDataset {
    private final Taxonomy taxonomy;
    private final int[] labelOf;
    private final int[] classOf;

    private LabelledDataset(Taxonomy taxonomy, int[] labelOf, int[] classOf) {
        this.taxonomy = taxonomy;
        this.labelOf = labelOf;
        this.classOf = classOf;
    }

    /** @param wnids label to node of the hierarchy, complete and correct */
    static LabelledDataset of(Hierarchy hierarchy, DatasetManifest manifest, Map<String, String> wnids) {
        var classes = classes(wnids);
        var numberOfLabel = numbers(labels(wnids));
        var numberOfClass = numbers(classes);
        int[] labelOf = new int[manifest.examples().size()];
        int[] classOf = new int[labelOf.length];
        for (Example example : manifest.examples()) {
            labelOf[example.index()] = at(numberOfLabel, example.label());
            classOf[example.index()] = at(numberOfClass, wnids.getOrDefault(example.label(), ""));
        }
        var taxonomy = Taxonomy.over(
                hierarchy.dag(), classes.stream().map(SynsetId::of).toList());
        return new LabelledDataset(taxonomy, labelOf, classOf);
    }

    static List<String> labels(Map<String, String> wnids) {
        return List.copyOf(new TreeSet<>(wnids.keySet()));
    }

    static List<String> classes(Map<String, String> wnids) {
        return List.copyOf(new TreeSet<>(wnids.values()));
    }

    private static Map<String, Integer> numbers(List<String> names) {
        var numbers = new HashMap<String, Integer>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    private static int at(Map<String, Integer> numbers, String name) {
        var number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("\"" + name + "\" is not among the labels and their synsets");
        }
        return number;
    }

    Taxonomy taxonomy() {
        return taxonomy;
    }

    int labelOf(int example) {
        return labelOf[example];
    }

    /** The dataset's own array. */
    int[] classOf() {
        return classOf;
    }

    int[] imagesPerClass() {
        int[] counts = new int[taxonomy.nClasses()];
        for (int each : classOf) {
            counts[each]++;
        }
        return counts;
    }
}

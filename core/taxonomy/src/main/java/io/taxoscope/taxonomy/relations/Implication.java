package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Family.Parent;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** How often a parent fires where its children do, over the report half. */
final class Implication {
    private final FiringSets report;
    private final int nReported;

    Implication(FiringSets report, int nReported) {
        this.report = report;
        this.nReported = nReported;
    }

    /** @param nBoth examples on which both fire */
    record Together(int nParent, int nChild, int nBoth, int nReported) {
        double parentGivenChild() {
            return (double) nBoth / nChild;
        }

        double childGivenParent() {
            return (double) nBoth / nParent;
        }

        double lift() {
            return parentGivenChild() * nReported / nParent;
        }
    }

    /** How a parent's firing and that of the union of its direct children agree. */
    record Union(int nParent, int nUnion, int nBoth, int nReported) {
        /** Share of examples on which they differ (Luo et al. 2026). */
        double hamming() {
            return (double) (nParent + nUnion - 2 * nBoth) / nReported;
        }

        double jaccard() {
            return (double) nBoth / (nParent + nUnion - nBoth);
        }
    }

    /** Counts of every pair of one parent: the parent's set is laid out once. */
    List<Together> together(int parent, List<Integer> children) {
        var fires = report.asBits(parent);
        return children.stream()
                .map(child -> new Together(
                        report.count(parent), report.count(child), report.countIn(child, fires), nReported))
                .toList();
    }

    Union union(Parent parent) {
        var union = new BitSet();
        for (int child : parent.children()) {
            for (int example : report.of(child)) {
                union.set(example);
            }
        }
        return new Union(
                report.count(parent.latent()), union.cardinality(), report.countIn(parent.latent(), union), nReported);
    }

    /** Means of one set of families: the real one, or one draw of the control. */
    Means means(List<Parent> parents) {
        var each = IntStream.range(0, parents.size())
                .parallel()
                .mapToObj(i -> together(parents.get(i).latent(), parents.get(i).children()))
                .toList();
        var unions = IntStream.range(0, parents.size())
                .parallel()
                .mapToObj(i -> union(parents.get(i)))
                .toList();
        var pairs = new ArrayList<Together>();
        each.forEach(pairs::addAll);
        return new Means(pairs, unions);
    }

    record Means(List<Together> pairs, List<Union> unions) {
        double[] pairs(ToDoubleFunction<Together> score) {
            return pairs.stream().mapToDouble(score).toArray();
        }

        double[] unions(ToDoubleFunction<Union> score) {
            return unions.stream().mapToDouble(score).toArray();
        }
    }
}

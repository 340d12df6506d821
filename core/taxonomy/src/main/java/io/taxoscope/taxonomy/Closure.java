package io.taxoscope.taxonomy;

import io.taxoscope.common.TaxoscopeException;
import java.util.Arrays;

/**
 * For each node everything on or above it, ascending, with the length of the shortest way up: what most questions about
 * two nodes come down to. Two ints for each pair, one after another: 6 MB for WordNet.
 */
final class Closure {
    /** The pairs of node v are {@code starts[v]} to {@code starts[v + 1] - 1}. */
    private final int[] starts;

    private final int[] ancestors;
    private final int[] distances;

    private Closure(int[] starts, int[] ancestors, int[] distances) {
        this.starts = starts;
        this.ancestors = ancestors;
        this.distances = distances;
    }

    static Closure of(Dag dag) {
        int[] starts = starts(dag, Integer.MAX_VALUE);
        int[] ancestors = new int[starts[dag.size()]];
        int[] distances = new int[ancestors.length];
        var rows = new Rows(dag.size());
        for (int node : dag.rootsFirst()) {
            rows.gather(dag, node, starts, ancestors, distances);
        }
        return new Closure(starts, ancestors, distances);
    }

    /** Refuses a hierarchy whose closure would not fit into memory, such as a path of 500,000 nodes. */
    static void requireAtMost(int limit, Dag dag) {
        starts(dag, limit);
    }

    int begin(int node) {
        return starts[node];
    }

    int end(int node) {
        return starts[node + 1];
    }

    int ancestor(int at) {
        return ancestors[at];
    }

    int distance(int at) {
        return distances[at];
    }

    /** Everything on or above both nodes, ascending. */
    Common common(int a, int b) {
        return new Common(a, b);
    }

    /** A walk over two rows at once. */
    final class Common {
        private int at;
        private int other;
        private final int end;
        private final int otherEnd;

        private Common(int a, int b) {
            at = begin(a) - 1;
            other = begin(b) - 1;
            end = end(a);
            otherEnd = end(b);
        }

        boolean next() {
            at++;
            other++;
            while (at < end && other < otherEnd) {
                int difference = ancestors[at] - ancestors[other];
                if (difference == 0) {
                    return true;
                } else if (difference < 0) {
                    at++;
                } else {
                    other++;
                }
            }
            return false;
        }

        int node() {
            return ancestors[at];
        }

        int fromA() {
            return distances[at];
        }

        int fromB() {
            return distances[other];
        }
    }

    /** Counts first: nodes of a deep hierarchy need long rows, and rows cannot grow in place. */
    private static int[] starts(Dag dag, int limit) {
        int[] counts = new int[dag.size()];
        var rows = new Rows(dag.size());
        long total = 0;
        for (int node = 0; node < dag.size(); node++) {
            counts[node] = rows.count(dag, node);
            total += counts[node];
            if (total > limit) {
                throw new TaxoscopeException(
                        TaxonomyError.TAXONOMY_INVALID,
                        "the taxonomy is too deep: its nodes have more than " + limit
                                + " nodes above them, all counted together");
            }
        }
        int[] starts = new int[dag.size() + 1];
        for (int node = 0; node < dag.size(); node++) {
            starts[node + 1] = starts[node] + counts[node];
        }
        return starts;
    }

    /** Scratch space for one node's row. */
    private static final class Rows {
        private final int[] distance;
        private final int[] seenBy;
        private final IntList found = new IntList();

        Rows(int size) {
            distance = new int[size];
            seenBy = new int[size];
            Arrays.fill(seenBy, -1);
        }

        int count(Dag dag, int node) {
            found.clear();
            meet(node, node, 0);
            for (int i = 0; i < found.size(); i++) {
                for (int parent : dag.parents(found.get(i))) {
                    meet(node, parent, 0);
                }
            }
            return found.size();
        }

        /** The parents' rows are complete, so each ancestor is at most one step further than from some parent. */
        void gather(Dag dag, int node, int[] starts, int[] ancestors, int[] distances) {
            found.clear();
            meet(node, node, 0);
            for (int parent : dag.parents(node)) {
                for (int at = starts[parent]; at < starts[parent + 1]; at++) {
                    meet(node, ancestors[at], distances[at] + 1);
                }
            }
            int[] row = found.toArray();
            Arrays.sort(row);
            for (int i = 0; i < row.length; i++) {
                ancestors[starts[node] + i] = row[i];
                distances[starts[node] + i] = distance[row[i]];
            }
        }

        private void meet(int node, int ancestor, int steps) {
            if (seenBy[ancestor] != node) {
                seenBy[ancestor] = node;
                distance[ancestor] = steps;
                found.add(ancestor);
            } else {
                distance[ancestor] = Math.min(distance[ancestor], steps);
            }
        }
    }
}

package io.taxoscope.taxonomy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds cycles by depth-first search: each edge that leads back onto the way to its start closes one. */
final class Cycles {
    private static final byte NEW = 0;
    private static final byte ON_THE_WAY = 1;
    private static final byte DONE = 2;

    private final int[][] parents;
    private final byte[] state;
    /** The way so far, and for each of its nodes the parent to be tried next. */
    private final int[] way;

    private final int[] next;
    private final List<int[]> found = new ArrayList<>();

    private Cycles(int[][] parents) {
        this.parents = parents;
        this.state = new byte[parents.length];
        this.way = new int[parents.length];
        this.next = new int[parents.length];
    }

    /** Cycles, at least one if there are any, at most {@code limit}; each lists its nodes from child to parent. */
    static List<int[]> find(int[][] parents, int limit) {
        var search = new Cycles(parents);
        for (int start = 0; start < parents.length && search.found.size() < limit; start++) {
            if (search.state[start] == NEW) {
                search.from(start, limit);
            }
        }
        return search.found;
    }

    private void from(int start, int limit) {
        int length = 0;
        way[length++] = start;
        state[start] = ON_THE_WAY;
        while (length > 0) {
            int node = way[length - 1];
            if (next[node] == parents[node].length) {
                state[node] = DONE;
                length--;
                continue;
            }
            int parent = parents[node][next[node]++];
            if (state[parent] == NEW) {
                state[parent] = ON_THE_WAY;
                way[length++] = parent;
            } else if (state[parent] == ON_THE_WAY && found.size() < limit) {
                found.add(Arrays.copyOfRange(way, startOf(parent, length), length));
            }
        }
    }

    private int startOf(int node, int length) {
        int at = length - 1;
        while (way[at] != node) {
            at--;
        }
        return at;
    }
}

package io.taxoscope.taxonomy.relations;

import java.util.Arrays;

/**
 * Gives every row a column of its own so that the sum of the values is greatest: shortest augmenting paths with row and
 * column potentials (Jonker and Volgenant 1987, without their initialisation, as in Crouse 2016). Time grows with
 * rows squared times columns.
 */
public final class LinearAssignment {
    private static final int NONE = -1;

    private final double[][] values;
    private final int nColumns;
    private final Runnable checkpoint;
    private final double[] rowPotential;
    private final double[] columnPotential;
    private final int[] columnOf;
    private final int[] rowOf;
    /** Shortest way to each column, and the row before it on that way. */
    private final double[] distance;

    private final int[] before;
    private final int[] open;

    private LinearAssignment(double[][] values, int nColumns, Runnable checkpoint) {
        this.values = values;
        this.nColumns = nColumns;
        this.checkpoint = checkpoint;
        this.rowPotential = new double[values.length];
        this.columnPotential = new double[nColumns];
        this.columnOf = new int[values.length];
        this.rowOf = new int[nColumns];
        this.distance = new double[nColumns];
        this.before = new int[nColumns];
        this.open = new int[nColumns];
        Arrays.fill(columnOf, NONE);
        Arrays.fill(rowOf, NONE);
    }

    /**
     * The column of each row.
     *
     * @param values rows of finite values, at most as many as columns
     * @param checkpoint called after each row; may throw
     */
    public static int[] greatest(double[][] values, int nColumns, Runnable checkpoint) {
        if (values.length > nColumns) {
            throw new IllegalArgumentException(values.length + " rows cannot have a column each of " + nColumns);
        }
        var assignment = new LinearAssignment(values, nColumns, checkpoint);
        for (int row = 0; row < values.length; row++) {
            assignment.augment(row);
            assignment.checkpoint.run();
        }
        return assignment.columnOf;
    }

    /** Finds the cheapest alternating path from a free row to a free column (Dijkstra) and turns it over. */
    private void augment(int start) {
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        for (int i = 0; i < nColumns; i++) {
            open[i] = i;
        }
        int nOpen = nColumns;
        int row = start;
        double least = 0;
        int sink = NONE;
        while (sink == NONE) {
            int at = relax(row, least, nOpen);
            int column = open[at];
            least = distance[column];
            // Columns behind nOpen are settled, the latest nearest to it.
            open[at] = open[--nOpen];
            open[nOpen] = column;
            if (rowOf[column] == NONE) {
                sink = column;
            } else {
                row = rowOf[column];
            }
        }
        raisePotentials(start, least, nOpen);
        turn(start, sink);
    }

    /** Shortens ways through {@code row} and answers the place of the nearest open column, a free one among equals. */
    private int relax(int row, double least, int nOpen) {
        double[] value = values[row];
        double base = least - rowPotential[row];
        int nearest = NONE;
        double way = Double.POSITIVE_INFINITY;
        for (int i = 0; i < nOpen; i++) {
            int column = open[i];
            double through = base - value[column] - columnPotential[column];
            if (through < distance[column]) {
                distance[column] = through;
                before[column] = row;
            }
            double length = distance[column];
            if (length < way || (length == way && rowOf[column] == NONE)) {
                way = length;
                nearest = i;
            }
        }
        return nearest;
    }

    private void raisePotentials(int start, double least, int nOpen) {
        rowPotential[start] += least;
        for (int i = nOpen; i < nColumns; i++) {
            int column = open[i];
            if (rowOf[column] != NONE) {
                rowPotential[rowOf[column]] += least - distance[column];
            }
            columnPotential[column] -= least - distance[column];
        }
    }

    private void turn(int start, int sink) {
        int column = sink;
        int row;
        do {
            row = before[column];
            rowOf[column] = row;
            int next = columnOf[row];
            columnOf[row] = column;
            column = next;
        } while (row != start);
    }
}

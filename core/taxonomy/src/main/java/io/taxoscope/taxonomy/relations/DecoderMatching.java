package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Matches the latents of two dictionaries one to one so that the sum of the cosines of their directions is greatest. */
final class DecoderMatching {
    private final float[][] first;
    private final float[][] second;
    private final Runnable checkpoint;

    /** Unit directions of the latents that take part. */
    DecoderMatching(Directions first, int[] ofFirst, Directions second, int[] ofSecond, Runnable checkpoint) {
        this(units(first, ofFirst), units(second, ofSecond), checkpoint);
    }

    private DecoderMatching(float[][] first, float[][] second, Runnable checkpoint) {
        this.first = first;
        this.second = second;
        this.checkpoint = checkpoint;
    }

    /** The place on the second side that each place of the first is matched with; -1 where it has too few. */
    int[] match() {
        boolean isTurned = first.length > second.length;
        float[][] rows = isTurned ? second : first;
        float[][] columns = isTurned ? first : second;
        int[] columnOf = LinearAssignment.greatest(cosines(rows, columns), columns.length, checkpoint);
        if (!isTurned) {
            return columnOf;
        }
        int[] placeOf = new int[first.length];
        Arrays.fill(placeOf, -1);
        for (int row = 0; row < columnOf.length; row++) {
            placeOf[columnOf[row]] = row;
        }
        return placeOf;
    }

    double cosine(int placeOfFirst, int placeOfSecond) {
        return dot(first[placeOfFirst], second[placeOfSecond]);
    }

    /** The same directions with the second side's coordinates in another order: alike within, unlike across. */
    DecoderMatching dealt(long seed) {
        int width = second.length == 0 ? 0 : second[0].length;
        int[] coordinates = IntStream.range(0, width).toArray();
        Seeded.shuffle(coordinates, Seeded.DEALT_COORDINATES.stream(seed, 0));
        float[][] turned = new float[second.length][width];
        for (int i = 0; i < second.length; i++) {
            for (int j = 0; j < width; j++) {
                turned[i][j] = second[i][coordinates[j]];
            }
        }
        return new DecoderMatching(first, turned, checkpoint);
    }

    private static float[][] units(Directions directions, int[] latents) {
        return IntStream.of(latents)
                .parallel()
                .mapToObj(latent -> {
                    double[] unit = directions.unit(latent);
                    float[] row = new float[unit.length];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = (float) unit[i];
                    }
                    return row;
                })
                .toArray(float[][]::new);
    }

    private static double[][] cosines(float[][] rows, float[][] columns) {
        return IntStream.range(0, rows.length)
                .parallel()
                .mapToObj(row -> {
                    double[] cosines = new double[columns.length];
                    for (int column = 0; column < columns.length; column++) {
                        cosines[column] = dot(rows[row], columns[column]);
                    }
                    return cosines;
                })
                .toArray(double[][]::new);
    }

    /** Four running sums: one would make each addition wait for the one before. */
    private static double dot(float[] a, float[] b) {
        double s = 0;
        double t = 0;
        double u = 0;
        double v = 0;
        int i = 0;
        for (; i + 3 < a.length; i += 4) {
            s += (double) a[i] * b[i];
            t += (double) a[i + 1] * b[i + 1];
            u += (double) a[i + 2] * b[i + 2];
            v += (double) a[i + 3] * b[i + 3];
        }
        for (; i < a.length; i++) {
            s += (double) a[i] * b[i];
        }
        return (s + t) + (u + v);
    }
}

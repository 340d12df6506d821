package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.SaeError;
import java.util.List;

/** A tensor of any tool, in row-major order and single precision. */
final class DenseTensor {
    private final String name;
    private final List<Long> shape;
    private final float[] values;

    /** @param values row-major, as many as {@code shape} says; taken over, not copied */
    DenseTensor(String name, List<Long> shape, float[] values) {
        this.name = name;
        this.shape = List.copyOf(shape);
        this.values = values;
    }

    float[] values() {
        return values;
    }

    int rows() {
        requireRank(2);
        return Math.toIntExact(shape.get(0));
    }

    int columns() {
        requireRank(2);
        return Math.toIntExact(shape.get(1));
    }

    /** The values of a tensor of one element. */
    double scalar() {
        if (values.length != 1) {
            throw unfit("one number");
        }
        return values[0];
    }

    /** The values, when they are {@code length}; a vector, or a row or column of one. */
    float[] vector(int length) {
        if (values.length != length || shape.stream().filter(size -> size != 1).count() > 1) {
            throw unfit("[" + length + "]");
        }
        return values;
    }

    /** The values of a {@code rows x columns} matrix. */
    float[] matrix(int rows, int columns) {
        if (!shape.equals(List.of((long) rows, (long) columns))) {
            throw unfit("[" + rows + ", " + columns + "]");
        }
        return values;
    }

    /** The values of the transpose of this {@code rows x columns} matrix. */
    float[] transposed(int rows, int columns) {
        matrix(rows, columns);
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return turned;
    }

    private void requireRank(int rank) {
        if (shape.size() != rank) {
            throw unfit(rank + " dimensions");
        }
    }

    private TaxoscopeException unfit(String expected) {
        return new TaxoscopeException(
                SaeError.WEIGHTS_UNREADABLE,
                "tensor %s has the shape %s, expected %s".formatted(name, shape, expected));
    }
}

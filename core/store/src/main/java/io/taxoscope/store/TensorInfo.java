package io.taxoscope.store;

import java.util.List;

/**
 * A tensor as a safetensors header describes it.
 *
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    public long elements() {
        return elements(shape);
    }

    /** Product of the sizes; {@link ArithmeticException} when it does not fit 64 bits. */
    static long elements(List<Long> shape) {
        long product = 1;
        for (long size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }
}

package io.taxoscope.sae.exchange;

import java.util.Set;

/** Named tensors of a file that is open; each is read when it is asked for. */
interface TensorFile extends AutoCloseable {
    Set<String> names();

    /** Fails when there is none of that name, or one that is no number. */
    DenseTensor tensor(String name);

    /** Free-form pairs that the file carries; empty when its format has none. */
    default java.util.Map<String, String> metadata() {
        return java.util.Map.of();
    }

    @Override
    void close();
}

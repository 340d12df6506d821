package io.taxoscope.sae.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.store.Safetensors;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Files that the scripts of {@code bench/python} made. */
final class TorchFixture {
    private TorchFixture() {}

    /** @param path below the test resources' folder {@code torch}, without its ending */
    static Safetensors open(String path) {
        var resource = Objects.requireNonNull(TorchFixture.class.getResource("/torch/" + path + ".safetensors"), path);
        try {
            return Safetensors.read(Path.of(resource.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Within a share of the largest magnitude. */
    static void assertClose(String name, float[] actual, float[] expected, double tolerance) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).as(name).containsExactly(expected, within((float) (tolerance * largest)));
    }
}

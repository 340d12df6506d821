package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.common.Sha256;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against PyTorch's roundings and NumPy's moments; bench/python/store_fixtures.py wrote them. */
class StoredTypeTest extends StoreTestCase {
    private static final int N = 130;
    private static final int WIDTH = 12;
    private static final int PER_SHARD = 50;
    private static final JsonNode NUMPY =
            JsonMapper.shared().readTree(resource("stored_types.json").toFile());

    private static final float[] X = fixture("x");

    @ParameterizedTest
    @EnumSource
    void readsBackWhatPyTorchRoundsTo(StoredType type) {
        try (ShardSet set = ShardSet.open(store, sealed(type, 0, 1, 2))) {
            float[] back = new float[N * WIDTH];
            set.rows(0, N, back);
            assertThat(back).containsExactly(fixture("back_" + type));
            float[] three = new float[3 * WIDTH];
            set.gather(new int[] {129, 3, 50}, 3, three);
            assertThat(three).startsWith(row(back, 129)).endsWith(row(back, 50));
        }
    }

    @ParameterizedTest
    @EnumSource
    void statesMomentsAndRoundingAsNumPyFindsThem(StoredType type) {
        ShardSetManifest manifest = ShardSet.manifest(store, sealed(type, 0, 1, 2));
        JsonNode expected = NUMPY.get(type.name());
        JsonNode moments = expected.get("moments");
        Moments found = Objects.requireNonNull(manifest.moments());
        for (int i = 0; i < WIDTH; i++) {
            assertThat(found.mean().get(i)).isCloseTo(moments.get("mean").get(i).doubleValue(), within(1e-12 * 1000));
        }
        assertClose(found.covarianceTrace(), moments.get("covarianceTrace"));
        assertClose(found.participationRatio(), moments.get("participationRatio"));
        assertClose(found.gamma(), moments.get("gamma"));
        assertThat(found.participationRows()).isEqualTo(N);
        assertClose(manifest.rounding().maximum(), expected.get("rounding").get("maximum"));
        assertClose(manifest.rounding().relative(), expected.get("rounding").get("relative"));
        assertThat(manifest.bytes()).isBetween((long) N * WIDTH * type.bytes(), (long) N * WIDTH * type.bytes() + 3000);
    }

    @ParameterizedTest
    @EnumSource
    void isTheSameWhateverTheOrderOfItsShardsAndWhoeverResumes(StoredType type) {
        Sha256 inOrder = sealed(type, 0, 1, 2);
        writer(type, "resumed").commit(2, slice(X, writer(type, "resumed"), 2, WIDTH));
        ShardSetWriter resumed = writer(type, "resumed");
        for (int shard : new int[] {1, 0}) {
            resumed.commit(shard, slice(X, resumed, shard, WIDTH));
        }
        assertThat(resumed.seal()).isEqualTo(inOrder);
    }

    @Test
    void refusesWhatHalfPrecisionCannotHold() {
        float[] x = slice(X, writer(StoredType.F16, "job"), 1, WIDTH);
        x[WIDTH + 4] = 65_519; // rounds to 65,504, the greatest half
        writer(StoredType.F16, "job").commit(1, x);
        x[WIDTH + 4] = -65_520;
        assertFails(
                StoreError.VALUES_OUT_OF_RANGE,
                "example 51 at blocks.0.resid_post has the value -65520.0 in dimension 4, beyond the range of F16;"
                        + " store these activations as BF16 or F32",
                () -> writer(StoredType.F16, "other").commit(1, x));
        writer(StoredType.BF16, "other").commit(1, x);
    }

    @Test
    void takesTheParticipationRatioOfEvenlySpacedRowsWhenThereAreMany() {
        int n = 20_000;
        float[] x = new float[n * 3];
        for (int row = 0; row < n; row++) {
            // Two directions of equal variance and one of none: 2 directions vary.
            x[3 * row + row / 2 % 2] = row % 2 == 0 ? 1 : -1;
        }
        ShardSetWriter writer = ShardSetWriter.open(store, "many", spec(n, 3, 7777));
        for (int shard = 0; shard < 3; shard++) {
            writer.commit(shard, slice(x, writer, shard, 3));
        }
        Moments moments =
                Objects.requireNonNull(ShardSet.manifest(store, writer.seal()).moments());
        assertThat(moments.participationRows()).isEqualTo(8192);
        assertThat(moments.participationRatio()).isCloseTo(2, within(0.05));
        assertThat(moments.covarianceTrace()).isCloseTo(1, within(1e-9));
    }

    /** Fewer rows than dimensions take the other Gram matrix, which has the same eigenvalues. */
    @Test
    void countsDirectionsOfWideRows() {
        double[] orthogonal = new double[4 * 9];
        for (int i = 0; i < 4; i++) {
            orthogonal[i * 9 + i] = 1;
        }
        assertThat(ParticipationRatio.of(orthogonal, 9)).isCloseTo(3, within(1e-12)); // the mean takes one away
        assertThat(ParticipationRatio.of(new double[18], 9)).isZero();
    }

    private Sha256 sealed(StoredType type, int... order) {
        ShardSetWriter writer = writer(type, "job-" + type);
        for (int shard : order) {
            writer.commit(shard, slice(X, writer, shard, WIDTH));
        }
        return writer.seal();
    }

    private ShardSetWriter writer(StoredType type, String job) {
        var spec = new ShardSetSpec(
                "blocks.0.resid_post", 0, "CLS", WIDTH, N, PER_SHARD, "m-1", Sha256.of("data"), 1, type);
        return ShardSetWriter.open(store, job, spec);
    }

    private static float[] row(float[] x, int row) {
        float[] values = new float[WIDTH];
        IntStream.range(0, WIDTH).forEach(i -> values[i] = x[row * WIDTH + i]);
        return values;
    }

    private static void assertClose(double actual, JsonNode expected) {
        assertThat(actual).isCloseTo(expected.doubleValue(), within(1e-10 * Math.abs(expected.doubleValue()) + 1e-300));
    }

    private static float[] fixture(String tensor) {
        try (Safetensors file = Safetensors.read(resource("stored_types.safetensors"))) {
            return file.floats(tensor);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(StoredTypeTest.class.getResource("/" + name), name)
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

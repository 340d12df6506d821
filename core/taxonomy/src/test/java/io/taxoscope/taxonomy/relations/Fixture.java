package io.taxoscope.taxonomy.relations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Arrays that bench/python/relation_fixtures.py wrote. */
final class Fixture {
    private static final Map<String, double[]> ARRAYS = read();

    private Fixture() {}

    static double[] doubles(String name) {
        return Objects.requireNonNull(ARRAYS.get(name), name);
    }

    static double number(String name) {
        return doubles(name)[0];
    }

    static float[] floats(String name) {
        double[] values = doubles(name);
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static int[] ints(String name) {
        return Arrays.stream(doubles(name)).mapToInt(value -> (int) value).toArray();
    }

    private static Map<String, double[]> read() {
        var arrays = new HashMap<String, double[]>();
        try (var in = Objects.requireNonNull(Fixture.class.getResourceAsStream("scipy.tsv"))) {
            new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().forEach(line -> {
                var parts = line.split("\t", -1);
                arrays.put(
                        parts[0],
                        Arrays.stream(parts[2].split(" ", -1))
                                .mapToDouble(Double::parseDouble)
                                .toArray());
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return arrays;
    }
}

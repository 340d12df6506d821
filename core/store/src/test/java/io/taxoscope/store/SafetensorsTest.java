package io.taxoscope.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest extends StoreTestCase {
    /**
     * {@code safetensors.numpy.save({"a": float32 [[1.5, -2]], "b": int64 [7]}, {"by": "python"})}, safetensors 0.8.0.
     */
    private static final String FROM_PYTHON =
            "90000000000000007b225f5f6d657461646174615f5f223a7b226279223a22707974686f6e227d2c"
                    + "2262223a7b226474797065223a22493634222c227368617065223a5b315d2c22646174615f6f6666"
                    + "73657473223a5b302c385d7d2c2261223a7b226474797065223a22463332222c227368617065223a"
                    + "5b312c325d2c22646174615f6f666673657473223a5b382c31365d7d7d2020200700000000000000"
                    + "0000c03f000000c0";

    @Test
    void readsWhatThePythonLibraryWrote() throws IOException {
        Path file =
                Files.write(folder.resolve("python.safetensors"), HexFormat.of().parseHex(FROM_PYTHON));
        try (Safetensors read = Safetensors.read(file)) {
            assertThat(read.metadata()).isEqualTo(Map.of("by", "python"));
            assertThat(read.info("a").shape()).containsExactly(1L, 2L);
            assertThat(read.floats("a")).containsExactly(1.5f, -2);
            assertThat(read.longs("b")).containsExactly(7);
        }
    }

    @Test
    void writesTheBytesThatThePythonLibraryWrites() throws IOException {
        Path file = folder.resolve("ours.safetensors");
        Safetensors.write(
                file,
                Map.of("by", "python"),
                List.of(Tensor.of("a", new float[] {1.5f, -2}, 1, 2), Tensor.of("b", new long[] {7}, 1)));
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file))).isEqualTo(FROM_PYTHON);
    }

    @Test
    void keepsEveryValueOfTensorsLongerThanItsBuffer() {
        Path file = folder.resolve("long.safetensors");
        float[] floats = random(1, 100_003);
        int[] ints = {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE};
        Safetensors.write(file, Map.of(), List.of(Tensor.of("f", floats, floats.length), Tensor.of("i", ints, 2, 2)));
        try (Safetensors read = Safetensors.read(file)) {
            assertThat(read.floats("f")).containsExactly(floats);
            assertThat(read.ints("i")).containsExactly(ints);
            assertThat(read.names()).containsExactlyInAnyOrder("f", "i");
        }
    }

    @Test
    void holdsScalarsAndEmptyTensors() {
        Path file = folder.resolve("small.safetensors");
        Safetensors.write(
                file, Map.of(), List.of(Tensor.of("scalar", new float[] {3}), Tensor.of("empty", new int[0], 0, 5)));
        try (Safetensors read = Safetensors.read(file)) {
            assertThat(read.floats("scalar")).containsExactly(3);
            assertThat(read.ints("empty")).isEmpty();
            assertThat(read.info("empty").shape()).containsExactly(0L, 5L);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no JSON object           | [1]",
                "no JSON                  | {\"a\":",
                "no JSON                  | {\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}",
                "unknown dtype            | {\"a\":{\"dtype\":\"Q9\",\"shape\":[4],\"data_offsets\":[0,4]}}",
                "lacks dtype, shape       | {\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,4]}}",
                "needs 3 bytes            | {\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,4]}}",
                "beyond 64 bits           | {\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,4]}}",
                "the size or offset -4    | {\"a\":{\"dtype\":\"U8\",\"shape\":[-4],\"data_offsets\":[0,4]}}",
                "data_offsets [4,0]       | {\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,0]}}",
                "end at byte 8 of 4       | {\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}}",
                "end at byte 2 of 4       | {\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[0,2]}}",
                "b overlaps               | {\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}",
                "b leaves a hole          | {\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"b\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[2,4]}}",
                "no string: n             | {\"__metadata__\":{\"n\":1},\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}"
            })
    void refusesABrokenHeaderAndSaysWhatIsWrong(String reason, String json) throws IOException {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        Path file = write(header.length, header, 4);
        assertFails(StoreError.SAFETENSORS_INVALID, reason, () -> Safetensors.read(file));
    }

    @ParameterizedTest
    @CsvSource({"-1", "3", "100000001", "9223372036854775807"})
    void refusesAHeaderLengthThatCannotBe(long length) throws IOException {
        Path file = write(length, new byte[] {'{', '}'}, 0);
        assertFails(StoreError.SAFETENSORS_INVALID, "header would take " + length, () -> Safetensors.read(file));
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Path file = Files.createFile(folder.resolve("empty"));
        assertFails(StoreError.SAFETENSORS_INVALID, "0 bytes", () -> Safetensors.read(file));
    }

    @Test
    void namesTheTensorThatIsMissingOrOfAnotherType() {
        Path file = folder.resolve("x.safetensors");
        Safetensors.write(file, Map.of(), List.of(Tensor.of("a", new float[] {1}, 1)));
        try (Safetensors read = Safetensors.read(file)) {
            assertFails(StoreError.TENSOR_NOT_FOUND, "no tensor b; it has [a]", () -> read.floats("b"));
            assertFails(StoreError.TENSOR_TYPE_MISMATCH, "F32[1], expected I32", () -> read.ints("a"));
            assertFails(
                    StoreError.TENSOR_TYPE_MISMATCH, "F32[1], expected F32[2]", () -> read.require("a", DType.F32, 2));
        }
    }

    private Path write(long length, byte[] header, int data) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES + header.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(header);
        return Files.write(folder.resolve("hostile.safetensors"), bytes.array());
    }
}

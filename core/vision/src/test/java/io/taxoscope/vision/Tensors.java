package io.taxoscope.vision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The float32 tensors of a reference file that PyTorch wrote (safetensors). */
public final class Tensors {
    private final ByteBuffer data;
    private final JsonNode header;

    private Tensors(ByteBuffer data, JsonNode header) {
        this.data = data;
        this.header = header;
    }

    public static Tensors read(Path file) {
        try {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            byte[] json = new byte[Math.toIntExact(all.getLong())];
            all.get(json);
            JsonNode header = JsonMapper.shared().readTree(new String(json, StandardCharsets.UTF_8));
            return new Tensors(all.slice().order(ByteOrder.LITTLE_ENDIAN), header);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public int dim(String name, int axis) {
        return header.get(name).get("shape").get(axis).asInt();
    }

    public float[] floats(String name) {
        int from = header.get(name).get("data_offsets").get(0).asInt();
        int to = header.get(name).get("data_offsets").get(1).asInt();
        float[] values = new float[(to - from) / Float.BYTES];
        data.slice(from, to - from)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }
}

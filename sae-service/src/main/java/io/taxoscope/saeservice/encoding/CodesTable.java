package io.taxoscope.saeservice.encoding;

import blue.strategic.parquet.ParquetWriter;
import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Codes as a Parquet table with a row for each active latent of each example, in the order of both. */
final class CodesTable {
    private static final String EXAMPLE = "example";
    private static final String LATENT = "latent";
    private static final String VALUE = "value";

    private CodesTable() {}

    private record Entry(int example, int latent, float value) {}

    /** Replaces {@code file}. */
    static void write(Path file, Codes codes) throws IOException {
        try (ParquetWriter<Entry> writer = ParquetWriter.writeFile(schema(), file.toFile(), (entry, values) -> {
            values.write(EXAMPLE, entry.example());
            values.write(LATENT, entry.latent());
            values.write(VALUE, entry.value());
        })) {
            codes.forEachShard(shard -> write(writer, shard));
        }
    }

    private static void write(ParquetWriter<Entry> writer, CodesShard shard) {
        try {
            for (int row = 0; row < shard.nExamples(); row++) {
                for (int at = shard.begin(row); at < shard.end(row); at++) {
                    writer.write(new Entry(shard.firstExample() + row, shard.latent(at), shard.value(at)));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the table", failure);
        }
    }

    private static MessageType schema() {
        return Types.buildMessage()
                .required(PrimitiveTypeName.INT32)
                .named(EXAMPLE)
                .required(PrimitiveTypeName.INT32)
                .named(LATENT)
                .required(PrimitiveTypeName.FLOAT)
                .named(VALUE)
                .named("code");
    }
}

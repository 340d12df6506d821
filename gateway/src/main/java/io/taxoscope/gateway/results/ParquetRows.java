package io.taxoscope.gateway.results;

import blue.strategic.parquet.Dehydrator;
import blue.strategic.parquet.ParquetWriter;
import io.taxoscope.gateway.results.FeatureColumn.Row;
import io.taxoscope.gateway.results.FeatureExport.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** Rows as one Parquet file. The format ends with its index, so the file is made beside and then sent. */
final class ParquetRows {
    private ParquetRows() {}

    /** Produces rows into the sink it is given. */
    @FunctionalInterface
    interface Source {
        void into(RowSink sink) throws IOException;
    }

    static void write(OutputStream out, Source rows) throws IOException {
        Path file = Files.createTempFile("export", ".parquet");
        try {
            try (ParquetWriter<Row> writer = ParquetWriter.writeFile(schema(), file.toFile(), dehydrator())) {
                rows.into(writer::write);
            }
            Files.copy(file, out);
            out.flush();
        } finally {
            Files.delete(file);
        }
    }

    private static Dehydrator<Row> dehydrator() {
        return (row, values) -> {
            for (FeatureColumn column : FeatureColumn.values()) {
                Object value = column.of(row);
                if (value != null) {
                    values.write(column.header(), value);
                }
            }
        };
    }

    private static MessageType schema() {
        var schema = Types.buildMessage();
        for (FeatureColumn column : FeatureColumn.values()) {
            schema.addField(field(column));
        }
        return schema.named("feature");
    }

    private static Type field(FeatureColumn column) {
        return switch (column.type()) {
            case TEXT ->
                Types.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(column.header());
            case INT -> Types.optional(PrimitiveTypeName.INT32).named(column.header());
            case LONG -> Types.optional(PrimitiveTypeName.INT64).named(column.header());
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.header());
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.header());
        };
    }
}

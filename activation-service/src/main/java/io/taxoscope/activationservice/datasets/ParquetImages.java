package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.datasets.WebDatasetImages.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;

/**
 * Parquet files whose rows hold images, in the layout of Hugging Face datasets: {@code image.bytes}, perhaps
 * {@code image.path}, and {@code label}, a text or a number whose names stand in the file's metadata.
 */
final class ParquetImages implements ImageSource {
    private static final Set<CompressionCodecName> CODECS =
            EnumSet.of(CompressionCodecName.UNCOMPRESSED, CompressionCodecName.SNAPPY, CompressionCodecName.ZSTD);

    private final List<Path> files;
    private final List<String> names;
    private final ImageProperties properties;

    /** @param names of the files, which images are told apart by; as many as files */
    ParquetImages(List<Path> files, List<String> names, ImageProperties properties) {
        this.files = List.copyOf(files);
        this.names = List.copyOf(names);
        this.properties = properties;
    }

    /** Paths and labels of a Parquet file that lists images instead of holding them. */
    static List<ManifestImages.Row> manifest(Path file) throws IOException {
        List<ManifestImages.Row> rows = new ArrayList<>();
        try (ParquetFileReader reader = open(file)) {
            ParquetColumns columns = ParquetColumns.of(reader.getFileMetaData());
            forEachRow(reader, columns, (row, index) -> rows.add(columns.manifestRow(row, index)));
        } catch (InterruptedException impossible) {
            throw new IllegalStateException("nothing waits here", impossible);
        }
        return rows;
    }

    /** Whether the file's rows hold the images themselves. */
    static boolean holdsImages(Path file) throws IOException {
        try (ParquetFileReader reader = open(file)) {
            return ParquetColumns.of(reader.getFileMetaData()).holdsImages();
        }
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        for (int i = 0; i < files.size(); i++) {
            String prefix = files.size() == 1 ? "" : names.get(i) + "/";
            try (ParquetFileReader reader = open(files.get(i))) {
                ParquetColumns columns = ParquetColumns.of(reader.getFileMetaData());
                requireNoBomb(reader, files.get(i));
                forEachRow(reader, columns, (row, index) -> visit(columns, row, index, prefix, visitor));
            }
        }
    }

    private static void visit(ParquetColumns columns, Group row, long index, String prefix, Visitor visitor)
            throws IOException, InterruptedException {
        String path = prefix + columns.path(row, index);
        String label = columns.label(row);
        byte[] image = columns.image(row);
        if (label == null) {
            visitor.refused(path, "the row has no label");
        } else if (image == null) {
            visitor.refused(path, "the row has no image bytes");
        } else {
            visitor.image(path, label, new Bytes(image));
        }
    }

    /** A row group is unpacked a page at a time, but what a page claims to unpack to is taken from memory at once. */
    private void requireNoBomb(ParquetFileReader reader, Path file) {
        for (BlockMetaData group : reader.getRowGroups()) {
            var budget = new ArchiveBudget(properties, group.getCompressedSize());
            budget.add(group.getTotalByteSize());
        }
        if (reader.getRecordCount() > properties.maxImages()) {
            throw ActivationError.DATASET_TOO_LARGE.because("%s has more than %d rows (taxoscope.images.max-images)"
                    .formatted(file.getFileName(), properties.maxImages()));
        }
    }

    private interface RowVisitor {
        void row(Group row, long index) throws IOException, InterruptedException;
    }

    private static void forEachRow(ParquetFileReader reader, ParquetColumns columns, RowVisitor visitor)
            throws IOException, InterruptedException {
        requireCodecs(reader);
        var io = new ColumnIOFactory().getColumnIO(columns.projection());
        reader.setRequestedSchema(columns.projection());
        long index = 0;
        try {
            for (PageReadStore pages; (pages = reader.readNextRowGroup()) != null; ) {
                RecordReader<Group> rows = io.getRecordReader(pages, new GroupRecordConverter(columns.projection()));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    visitor.row(rows.read(), index++);
                }
            }
        } catch (ParquetRuntimeException | IllegalArgumentException damaged) {
            throw new IOException(
                    "row %d of the Parquet file cannot be read: %s".formatted(index, damaged.getMessage()), damaged);
        }
    }

    /** The others want Hadoop's codecs, which parquet-floor leaves out. */
    private static void requireCodecs(ParquetFileReader reader) throws IOException {
        for (BlockMetaData group : reader.getRowGroups()) {
            for (ColumnChunkMetaData column : group.getColumns()) {
                if (!CODECS.contains(column.getCodec())) {
                    throw new IOException("the Parquet file is compressed by %s; write it with one of %s"
                            .formatted(column.getCodec(), CODECS));
                }
            }
        }
    }

    private static ParquetFileReader open(Path file) throws IOException {
        try {
            return ParquetFileReader.open(new LocalInputFile(file));
        } catch (RuntimeException damaged) {
            throw new IOException("no Parquet file: " + damaged.getMessage(), damaged);
        }
    }
}

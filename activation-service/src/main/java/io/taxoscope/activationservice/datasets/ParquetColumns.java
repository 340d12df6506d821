package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The columns of a Parquet file that make a dataset: image (or path) and label. */
final class ParquetColumns {
    private static final String IMAGE = "image";
    private static final String BYTES = "bytes";
    private static final String PATH = "path";
    private static final String LABEL = "label";

    private final MessageType projection;
    private final List<String> labelNames;

    private ParquetColumns(MessageType projection, List<String> labelNames) {
        this.projection = projection;
        this.labelNames = List.copyOf(labelNames);
    }

    static ParquetColumns of(FileMetaData file) {
        MessageType schema = file.getSchema();
        boolean holdsImages = schema.containsField(IMAGE) && isImage(schema.getType(IMAGE));
        boolean isListing = schema.containsField(PATH) && isText(schema.getType(PATH));
        if (!schema.containsField(LABEL) || !isLabel(schema.getType(LABEL)) || !(holdsImages || isListing)) {
            throw ActivationError.DATASET_UNREADABLE.because(
                    "the Parquet file needs the columns image (with bytes) or path, and label (text or integer); it has "
                            + schema.getFields());
        }
        List<Type> fields = List.of(schema.getType(holdsImages ? IMAGE : PATH), schema.getType(LABEL));
        return new ParquetColumns(new MessageType(schema.getName(), fields), names(file));
    }

    private static boolean isImage(Type type) {
        if (type.isPrimitive()) {
            return isBinary(type);
        }
        GroupType group = type.asGroupType();
        return !group.isRepetition(Type.Repetition.REPEATED)
                && group.containsField(BYTES)
                && isBinary(group.getType(BYTES));
    }

    private static boolean isBinary(Type type) {
        return type.isPrimitive()
                && !type.isRepetition(Type.Repetition.REPEATED)
                && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
    }

    private static boolean isText(Type type) {
        return isBinary(type);
    }

    private static boolean isLabel(Type type) {
        return isText(type) || isInteger(type);
    }

    private static boolean isInteger(Type type) {
        return type.isPrimitive()
                && !type.isRepetition(Type.Repetition.REPEATED)
                && (type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64
                        || type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT32);
    }

    /** What Hugging Face datasets writes of a ClassLabel; empty in other files. */
    private static List<String> names(FileMetaData file) {
        String metadata = file.getKeyValueMetaData().get("huggingface");
        List<String> names = new ArrayList<>();
        if (metadata != null) {
            try {
                JsonNode label = JsonMapper.shared()
                        .readTree(metadata)
                        .path("info")
                        .path("features")
                        .path(LABEL);
                label.path("names").forEach(name -> names.add(name.asString()));
            } catch (JacksonException foreign) {
                return List.of();
            }
        }
        return names;
    }

    /** Only these columns are read. */
    MessageType projection() {
        return projection;
    }

    boolean holdsImages() {
        return projection.containsField(IMAGE);
    }

    /** The number of the row, so that the order of the file is kept, and the picture's own name where there is one. */
    String path(Group row, long index) {
        String number = "%08d".formatted(index);
        Type type = projection.getType(IMAGE);
        if (type.isPrimitive() || !type.asGroupType().containsField(PATH) || row.getFieldRepetitionCount(IMAGE) == 0) {
            return number;
        }
        Group image = row.getGroup(IMAGE, 0);
        return image.getFieldRepetitionCount(PATH) == 0 ? number : number + "/" + image.getString(PATH, 0);
    }

    byte @Nullable [] image(Group row) {
        if (row.getFieldRepetitionCount(IMAGE) == 0) {
            return null;
        }
        if (projection.getType(IMAGE).isPrimitive()) {
            return row.getBinary(IMAGE, 0).getBytes();
        }
        Group image = row.getGroup(IMAGE, 0);
        return image.getFieldRepetitionCount(BYTES) == 0
                ? null
                : image.getBinary(BYTES, 0).getBytes();
    }

    /** A number's name where the file has names; null for a row without a label. */
    @Nullable String label(Group row) {
        if (row.getFieldRepetitionCount(LABEL) == 0) {
            return null;
        }
        if (!isInteger(projection.getType(LABEL))) {
            String text = row.getString(LABEL, 0).strip();
            return text.isEmpty() ? null : text;
        }
        // Hugging Face datasets marks a missing label with -1.
        long number = Long.parseLong(row.getValueToString(projection.getFieldIndex(LABEL), 0));
        if (number < 0 || (!labelNames.isEmpty() && number >= labelNames.size())) {
            return null;
        }
        return labelNames.isEmpty() ? Long.toString(number) : labelNames.get((int) number);
    }

    ManifestImages.Row manifestRow(Group row, long index) {
        String label = label(row);
        if (label == null || row.getFieldRepetitionCount(PATH) == 0) {
            throw ActivationError.DATASET_UNREADABLE.because(
                    "row %d of the Parquet file lacks path or label".formatted(index));
        }
        return new ManifestImages.Row(row.getString(PATH, 0), label);
    }
}

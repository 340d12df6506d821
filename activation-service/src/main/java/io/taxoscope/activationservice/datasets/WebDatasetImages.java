package io.taxoscope.activationservice.datasets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * WebDataset shards: tars in which consecutive files with the same key make one example, such as {@code 0001.jpg} and
 * {@code 0001.cls}. The key is the path up to the first dot of its last part. The label is what stands in {@code .cls}, else
 * {@code label} (or {@code cls}) of {@code .json}, else {@code .txt}.
 */
final class WebDatasetImages implements ImageSource {
    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "gif", "bmp", "webp");
    private static final Set<String> LABELS = Set.of("cls", "json", "txt");
    private static final int LONGEST_LABEL = 1 << 20;
    private static final int ENTRIES_LOOKED_AT = 16;

    private final List<Path> shards;
    private final List<String> names;
    private final ImageProperties properties;

    /** @param names of the shards, which images are told apart by; as many as shards, or none for a single one */
    WebDatasetImages(List<Path> shards, List<String> names, ImageProperties properties) {
        this.shards = List.copyOf(shards);
        this.names = List.copyOf(names);
        this.properties = properties;
    }

    @Override
    public int size() {
        return 0;
    }

    /** Whether a tar begins with an image and a label file of the same key. */
    static boolean isShard(Path tar, ImageProperties properties) throws IOException {
        Map<String, Set<String>> kinds = new TreeMap<>();
        try (TarFile file = TarFile.open(tar, properties)) {
            TarArchiveEntry entry = file.next();
            for (int i = 0; entry != null && i < ENTRIES_LOOKED_AT; i++, entry = file.next()) {
                String extension = extension(entry.getName());
                String kind = isImage(extension) ? "image" : LABELS.contains(extension) ? "label" : "other";
                Set<String> ofKey = kinds.computeIfAbsent(key(entry.getName()), key -> new java.util.HashSet<>());
                ofKey.add(kind);
                if (ofKey.contains("image") && ofKey.contains("label")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void visit(Visitor visitor) throws IOException, InterruptedException {
        for (int i = 0; i < shards.size(); i++) {
            String prefix = shards.size() == 1 ? "" : names.get(i) + "/";
            visit(shards.get(i), prefix, visitor);
        }
    }

    private void visit(Path shard, String prefix, Visitor visitor) throws IOException, InterruptedException {
        var paths = new ArchivePaths("tar");
        var sample = new Sample("", prefix, visitor);
        try (TarFile file = TarFile.open(shard, properties)) {
            for (TarArchiveEntry entry; (entry = file.next()) != null; ) {
                String path = ArchivePaths.plain(entry.getName());
                String objection = TarFile.objection(entry);
                if (objection == null) {
                    objection = paths.objection(path);
                }
                if (objection != null) {
                    visitor.refused(prefix + path, objection);
                    continue;
                }
                if (!key(path).equals(sample.key)) {
                    sample.end();
                    sample = new Sample(key(path), prefix, visitor);
                }
                sample.take(path, entry.getSize(), file);
            }
        }
        sample.end();
    }

    /** Up to the first dot of the last part, as webdataset's {@code base_plus_ext} splits it. */
    private static String key(String path) {
        int dot = path.indexOf('.', path.lastIndexOf('/') + 1);
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static String extension(String path) {
        return path.substring(Math.min(path.length(), key(path).length() + 1)).toLowerCase(Locale.ROOT);
    }

    /** Also {@code seg.jpg} would be one, but which of several is meant nobody says. */
    private static boolean isImage(String extension) {
        return IMAGES.contains(extension);
    }

    /** The files of one key, as far as they have come by. */
    private final class Sample {
        private final String key;
        private final String prefix;
        private final Visitor visitor;
        private final Map<String, String> labels = new TreeMap<>();
        private @Nullable String imagePath;
        private byte[] image = new byte[0];

        Sample(String key, String prefix, Visitor visitor) {
            this.key = key;
            this.prefix = prefix;
            this.visitor = visitor;
        }

        void take(String path, long length, TarFile file) throws IOException {
            String extension = extension(path);
            if (isImage(extension)) {
                takeImage(path, length, file);
            } else if (LABELS.contains(extension) && length <= LONGEST_LABEL) {
                String text = new String(ArchiveBudget.read(file.stream(), length), StandardCharsets.UTF_8);
                String label = extension.equals("json") ? ofJson(text) : text.strip();
                if (label != null && !label.isEmpty()) {
                    labels.put(extension, label);
                }
            }
        }

        private void takeImage(String path, long length, TarFile file) throws IOException {
            if (imagePath != null) {
                visitor.refused(prefix + path, "the key has another image already: " + imagePath);
            } else if (length > properties.maxBytes().toBytes()) {
                visitor.refused(
                        prefix + path,
                        "%d bytes are more than the limit of %d"
                                .formatted(length, properties.maxBytes().toBytes()));
            } else {
                imagePath = path;
                image = ArchiveBudget.read(file.stream(), length);
            }
        }

        private static @Nullable String ofJson(String text) {
            try {
                JsonNode json = JsonMapper.shared().readTree(text);
                JsonNode label = json.has("label") ? json.path("label") : json.path("cls");
                return label.isString() || label.isIntegralNumber() ? label.asString() : null;
            } catch (JacksonException malformed) {
                return null;
            }
        }

        void end() throws IOException, InterruptedException {
            if (imagePath == null) {
                return;
            }
            // Alphabetical is the order of precedence: cls, json, txt.
            String label = labels.isEmpty() ? null : labels.values().iterator().next();
            if (label == null) {
                visitor.refused(
                        prefix + imagePath, "has no label: neither .cls, nor a label in .json, nor .txt beside it");
            } else {
                visitor.image(prefix + imagePath, label, new Bytes(image));
            }
        }
    }

    /** Bytes that are in memory already. */
    static final class Bytes implements Content {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public byte[] read() {
            return bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }
    }
}

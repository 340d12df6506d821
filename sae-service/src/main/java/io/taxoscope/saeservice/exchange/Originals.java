package io.taxoscope.saeservice.exchange;

import io.taxoscope.api.Source;
import io.taxoscope.api.sae.ImportedSae;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.sae.exchange.SaeFiles;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.sources.LimitedStream;
import io.taxoscope.support.sources.SourceError;
import io.taxoscope.support.sources.SourceProperties;
import io.taxoscope.support.sources.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** The files that an SAE was imported from, as blobs of the store: what they said can be read again at any time. */
@Component
class Originals {
    private static final int MAX_ENTRIES = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._ -]{1,120}");
    /** Weights hardly compress; what grows more than this was made to. */
    private static final int MAX_GROWTH = 20;

    private static final long ALWAYS_ALLOWED = 64L << 20;

    private final Sources sources;
    private final SourceProperties properties;
    private final ContentStore store;

    Originals(Sources sources, SourceProperties properties, ContentStore store) {
        this.sources = sources;
        this.properties = properties;
        this.store = store;
    }

    /** Takes the files into the store, by name. */
    List<ImportedSae.File> keep(Source source) {
        Path path = sources.resolve(source);
        if (Files.isDirectory(path)) {
            return keepAll(SaeFiles.ofFolder(path).byName());
        }
        if (SaeFiles.isArchive(path)) {
            return unpack(path);
        }
        return keepAll(Map.of(name(source, path), path));
    }

    private static String name(Source source, Path file) {
        return source.path() == null
                ? SaeFiles.nameOf(file)
                : file.getFileName().toString();
    }

    private List<ImportedSae.File> keepAll(Map<String, Path> files) {
        return new TreeMap<>(files)
                .entrySet().stream()
                        .map(file -> new ImportedSae.File(
                                file.getKey(), store.put(file.getValue()).hex()))
                        .toList();
    }

    /** Entries go into the store under their hash and never to a path that the archive names. */
    private List<ImportedSae.File> unpack(Path archive) {
        List<ImportedSae.File> kept = new ArrayList<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            long left = Math.min(
                    properties.maxBytes().toBytes(), Math.max(ALWAYS_ALLOWED, MAX_GROWTH * Files.size(archive)));
            List<? extends ZipEntry> entries =
                    zip.stream().filter(entry -> !entry.isDirectory()).toList();
            if (entries.size() > MAX_ENTRIES) {
                throw refused("has %d files; one SAE has at most %d".formatted(entries.size(), MAX_ENTRIES));
            }
            for (ZipEntry entry : entries) {
                String name = requireName(entry.getName(), kept);
                TaxoscopeException tooLarge =
                        LimitedStream.tooLarge("the archive, unpacked,", DataSize.ofBytes(Math.max(0, left)));
                try (InputStream in = new LimitedStream(zip.getInputStream(entry), left, tooLarge)) {
                    Sha256 hash = store.put(in);
                    left -= Files.size(store.blob(hash));
                    kept.add(new ImportedSae.File(name, hash.hex()));
                }
            }
        } catch (IOException broken) {
            throw refused("is no readable zip: " + broken.getMessage());
        }
        return kept;
    }

    private static String requireName(String path, List<ImportedSae.File> kept) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (path.contains("..")
                || path.contains("\\")
                || path.startsWith("/")
                || !NAME.matcher(name).matches()) {
            throw refused("has an entry '%s', which is no name of a file of an SAE".formatted(path));
        }
        if (kept.stream().anyMatch(file -> file.name().equals(name))) {
            throw refused("has two files '%s'; an archive holds one SAE".formatted(name));
        }
        return name;
    }

    private static TaxoscopeException refused(String reason) {
        return SourceError.SOURCE_INVALID.at("source", "the archive " + reason);
    }

    SaeFiles open(List<ImportedSae.File> files) {
        Map<String, Path> paths = new TreeMap<>();
        for (ImportedSae.File file : files) {
            paths.put(file.name(), store.blob(new Sha256(file.sha256())));
        }
        return SaeFiles.of(paths);
    }
}

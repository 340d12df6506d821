package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateDataset.Layout;
import io.taxoscope.support.sources.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Finds out what a source is, and opens it. */
@Component
class SourceFormat {
    private static final int TAR_BLOCK = 512;
    private static final int USTAR_AT = 257;

    private final Sources sources;
    private final ImageProperties properties;

    SourceFormat(Sources sources, ImageProperties properties) {
        this.sources = sources;
        this.properties = properties;
    }

    ImageSource open(Source source, Layout layout) throws IOException {
        Path path = sources.resolve(source);
        if (Files.isDirectory(path)) {
            refuse(layout == Layout.MANIFEST, "a folder is no manifest; use the layout FOLDERS or AUTO");
            return FolderImages.of(path);
        }
        byte[] head = head(path);
        boolean gzipped = head.length > 1 && (head[0] & 0xFF) == 0x1F && (head[1] & 0xFF) == 0x8B;
        if (gzipped || isTar(head, path)) {
            refuse(layout == Layout.MANIFEST, "a tar is no manifest; use the layout FOLDERS or AUTO");
            return new TarImages(path, gzipped, properties.maxDatasetBytes().toBytes());
        }
        refuse(head.length > 1 && head[0] == 'P' && head[1] == 'K', "zip archives are not read; make it a tar");
        refuse(layout == Layout.FOLDERS, "neither a folder nor a tar; for a CSV or JSONL file use the layout MANIFEST");
        return new ManifestImages(ManifestReader.read(path), source.path() == null ? null : path.getParent(), sources);
    }

    private static void refuse(boolean wrong, String why) {
        if (wrong) {
            throw ActivationError.DATASET_FORMAT_UNKNOWN.at("source", why);
        }
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(TAR_BLOCK);
        }
    }

    private static boolean isTar(byte[] head, Path path) {
        boolean isNamedTar = path.toString().endsWith(".tar");
        return head.length == TAR_BLOCK
                && (isNamedTar || new String(head, USTAR_AT, 5, StandardCharsets.ISO_8859_1).equals("ustar"));
    }
}

package io.taxoscope.activationservice.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipImagesTest {
    @TempDir
    Path folder;

    @Test
    void readsClassFoldersInTheOrderOfTheirPaths() throws Exception {
        Path zip = zip(out -> {
            add(out, "dog/2.jpg", "two");
            add(out, "data/cat/1.jpg", "one");
            add(out, "__MACOSX/dog/2.jpg", "left behind");
            add(out, "loose.jpg", "loose");
        });

        Seen seen = Seen.of(images(zip));

        assertThat(seen.images).containsExactly("data/cat/1.jpg=cat", "dog/2.jpg=dog");
        assertThat(seen.bytes.getFirst()).asString(StandardCharsets.UTF_8).isEqualTo("one");
        assertThat(seen.refused).containsExactly("loose.jpg: lies in no class folder, so it has no label");
    }

    @Test
    void followsNothingThatLeadsElsewhere() throws Exception {
        Path zip = zip(out -> {
            add(out, "a/../../etc/passwd", "x");
            add(out, "/a/absolute.jpg", "x");
            ZipArchiveEntry link = new ZipArchiveEntry("a/link.jpg");
            link.setUnixMode(UnixStat.LINK_FLAG | 0777);
            out.putArchiveEntry(link);
            out.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            out.closeArchiveEntry();
            add(out, "a/twice.jpg", "first");
            add(out, "a/twice.jpg", "second");
        });

        Seen seen = Seen.of(images(zip));

        assertThat(seen.images).containsExactly("a/twice.jpg=a");
        assertThat(seen.refused)
                .containsExactlyInAnyOrder(
                        "/a/absolute.jpg: the path leads out of the zip",
                        "a/../../etc/passwd: the path leads out of the zip",
                        "a/link.jpg: a link is not followed",
                        "a/twice.jpg: the path occurs twice in the zip");
    }

    @Test
    void leavesABombPackedAndReadsTheRest() throws Exception {
        byte[] zeros = new byte[8 << 20];
        byte[] noise = new byte[2 << 20];
        new Random(1).nextBytes(noise);
        Path zip = zip(out -> {
            add(out, "a/bomb.bmp", zeros);
            add(out, "a/noise.bmp", noise);
        });

        Seen seen = Seen.of(images(zip));

        assertThat(seen.images).containsExactly("a/noise.bmp=a");
        assertThat(seen.refused).singleElement().asString().contains("taxoscope.images.max-ratio");
    }

    @Test
    void refusesAnEntryThatIsLargerThanItsDirectorySays() throws Exception {
        Path zip = zip(out -> add(out, "a/1.jpg", "longer than four"));
        byte[] bytes = Files.readAllBytes(zip);
        int directory = indexOf(bytes, "PK\1\2");
        bytes[directory + 24] = 4;
        Files.write(zip, bytes);

        assertThatThrownBy(() -> Seen.of(images(zip))).hasMessageContaining("larger than the zip's directory says");
    }

    @Test
    void failsOnWhatIsNoZip() throws Exception {
        Path file = Files.writeString(folder.resolve("no.zip"), "PK but no zip");

        assertThatThrownBy(() -> Seen.of(images(file))).isInstanceOf(IOException.class);
    }

    private static ZipImages images(Path zip) {
        return new ZipImages(zip, Labelling.FOLDERS, Seen.PROPERTIES);
    }

    private interface Content {
        void write(ZipArchiveOutputStream out) throws IOException;
    }

    private Path zip(Content content) throws IOException {
        Path zip = folder.resolve("images.zip");
        try (var out = new ZipArchiveOutputStream(zip)) {
            content.write(out);
        }
        return zip;
    }

    private static void add(ZipArchiveOutputStream out, String path, String text) throws IOException {
        add(out, path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void add(ZipArchiveOutputStream out, String path, byte[] bytes) throws IOException {
        out.putArchiveEntry(new ZipArchiveEntry(path));
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static int indexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    }
}

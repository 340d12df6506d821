package io.taxoscope.activationservice.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.common.TaxoscopeException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebDatasetImagesTest {
    @TempDir
    Path folder;

    @Test
    void takesTheLabelThatStandsBesideAnImage() throws Exception {
        Path shard = tar(
                "0.tar",
                "x/000.jpg",
                "JPEG",
                "x/000.cls",
                "7\n",
                "x/001.json",
                "{\"label\": \"dog\"}",
                "x/001.png",
                "PNG",
                "x/002.webp",
                "WEBP",
                "x/002.txt",
                " cat \n",
                "x/003.jpg",
                "J",
                "x/003.json",
                "{\"label\": 1}",
                "x/003.cls",
                "5",
                "x/003.seg.png",
                "no picture of its own");

        Seen seen = Seen.of(images(shard));

        assertThat(seen.images).containsExactly("x/000.jpg=7", "x/001.png=dog", "x/002.webp=cat", "x/003.jpg=5");
        assertThat(seen.bytes.get(1)).asString(StandardCharsets.UTF_8).isEqualTo("PNG");
        assertThat(WebDatasetImages.isShard(shard, Seen.PROPERTIES)).isTrue();
        assertThat(WebDatasetImages.isShard(tar("f.tar", "cat/1.jpg", "J", "cat/README.txt", "x"), Seen.PROPERTIES))
                .isFalse();
    }

    @Test
    void namesWhatItCannotUse() throws Exception {
        Path shard = tar(
                "0.tar",
                "1.jpg",
                "J",
                "2.jpg",
                "J",
                "2.png",
                "P",
                "2.cls",
                "0",
                "3.cls",
                "1",
                "4.jpg",
                "J",
                "4.json",
                "no json",
                "../5.jpg",
                "J",
                "6.jpg",
                "J",
                "6.cls",
                "1",
                "2.jpg",
                "J");

        Seen seen = Seen.of(images(shard));

        assertThat(seen.images).containsExactly("2.jpg=0", "6.jpg=1");
        assertThat(seen.refused)
                .containsExactly(
                        "1.jpg: has no label: neither .cls, nor a label in .json, nor .txt beside it",
                        "2.png: the key has another image already: 2.jpg",
                        "../5.jpg: the path leads out of the tar",
                        "4.jpg: has no label: neither .cls, nor a label in .json, nor .txt beside it",
                        "2.jpg: the path occurs twice in the tar");
    }

    @Test
    void tellsImagesOfSeveralShardsApart() throws Exception {
        Path first = tar("train-0.tar", "1.jpg", "J", "1.cls", "0");
        Path second = tar("train-1.tar", "1.jpg", "K", "1.cls", "1");

        Seen seen = Seen.of(
                new WebDatasetImages(List.of(first, second), List.of("train-0.tar", "train-1.tar"), Seen.PROPERTIES));

        assertThat(seen.images).containsExactly("train-0.tar/1.jpg=0", "train-1.tar/1.jpg=1");
    }

    @Test
    void stopsAtATarThatUnpacksToFarMoreThanItIs() throws Exception {
        Path bomb = folder.resolve("bomb.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            write(out, "1.bmp", "\0".repeat(32 << 20), "1.cls", "0");
        }

        assertThatThrownBy(() -> Seen.of(images(bomb)))
                .isInstanceOf(TaxoscopeException.class)
                .hasMessageContaining("decompression bomb");
    }

    private static WebDatasetImages images(Path shard) {
        return new WebDatasetImages(List.of(shard), List.of(""), Seen.PROPERTIES);
    }

    private Path tar(String name, String... pathsAndTexts) throws IOException {
        Path tar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(tar)) {
            write(out, pathsAndTexts);
        }
        return tar;
    }

    private static void write(OutputStream out, String... pathsAndTexts) throws IOException {
        var tar = new TarArchiveOutputStream(out);
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            byte[] bytes = pathsAndTexts[i + 1].getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(pathsAndTexts[i]);
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        }
        tar.finish();
    }
}

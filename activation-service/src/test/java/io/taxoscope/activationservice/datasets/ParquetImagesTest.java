package io.taxoscope.activationservice.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.activationservice.datasets.ManifestImages.Row;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixtures are pyarrow's, by {@code make_parquet.py}. */
class ParquetImagesTest {
    @TempDir
    Path folder;

    @Test
    void readsTheLayoutOfHuggingFaceDatasets() throws Exception {
        Seen seen = Seen.of(images(fixture("hf.parquet")));

        assertThat(seen.images)
                .containsExactly("00000000/0.png=cat", "00000001/1.png=dog", "00000003=dog", "00000005/5.png=cat");
        assertThat(seen.refused)
                .containsExactly("00000002/2.png: the row has no label", "00000004/4.png: the row has no image bytes");
        assertThat(seen.bytes.getFirst()).startsWith(0x89, 'P', 'N', 'G');
        assertThat(ParquetImages.holdsImages(fixture("hf.parquet"))).isTrue();
    }

    @Test
    void readsPlainBytesAndTextsAndLists() throws Exception {
        assertThat(Seen.of(images(fixture("text.parquet"))).images).containsExactly("00000000=a", "00000001=b");
        assertThat(ParquetImages.holdsImages(fixture("list.parquet"))).isFalse();
        assertThat(ParquetImages.manifest(fixture("list.parquet")))
                .containsExactly(new Row("one.png", "7"), new Row("two.png", "8"));
    }

    @Test
    void saysWhenAFileIsDamagedOrUnreadable() throws Exception {
        byte[] whole = Files.readAllBytes(fixture("hf.parquet"));
        Path half = Files.write(folder.resolve("half.parquet"), Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> Seen.of(images(half)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no Parquet file");
        assertThatThrownBy(() -> Seen.of(images(fixture("gzip.parquet"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("GZIP");
    }

    private static ParquetImages images(Path file) {
        return new ParquetImages(List.of(file), List.of(""), Seen.PROPERTIES);
    }

    private static Path fixture(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ParquetImagesTest.class.getResource("/parquet/" + name))
                .toURI());
    }
}

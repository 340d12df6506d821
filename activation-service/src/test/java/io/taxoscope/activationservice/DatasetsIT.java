package io.taxoscope.activationservice;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.api.JobState;
import io.taxoscope.api.Page;
import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.CreateDataset.Layout;
import io.taxoscope.api.activation.CreateDataset.OnBadImage;
import io.taxoscope.api.activation.DatasetView;
import io.taxoscope.api.activation.DatasetView.LabelCount;
import io.taxoscope.api.activation.DatasetView.SkippedImage;
import io.taxoscope.api.activation.ImageView;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.jdbc.core.simple.JdbcClient;

class DatasetsIT extends ActivationIT {
    @TempDir
    Path folder;

    @Autowired
    JdbcClient jdbc;

    @Test
    void keepsTheImagesOfAFolderInTheOrderOfTheirPaths() throws IOException {
        write("b/2.png", png(3));
        write("b/10.png", png(2));
        write("a/x.png", png(1));
        write("a/copy.png", png(2));
        write("a/notes.txt", "no image".getBytes(StandardCharsets.UTF_8));
        write("a/.DS_Store", new byte[] {1});
        write("loose.png", png(4));
        Files.createSymbolicLink(folder.resolve("a/link.png"), folder.resolve("b/2.png"));

        DatasetView dataset = scanFolder(Layout.FOLDERS);

        assertSucceeded(dataset.job());
        assertThat(dataset.labels()).containsExactly(new LabelCount("a", 2), new LabelCount("b", 2));
        assertThat(dataset.nImages()).isEqualTo(4);
        assertThat(dataset.nDuplicates()).isEqualTo(1);
        assertThat(dataset.skipped())
                .containsExactly(
                        new SkippedImage("a/link.png", "a symbolic link is not followed"),
                        new SkippedImage("a/notes.txt", "not a JPEG, PNG, GIF, BMP or WebP image"),
                        new SkippedImage("loose.png", "lies in no class folder, so it has no label"));
        assertThat(images(dataset, "?limit=1000").items())
                .extracting(ImageView::index, ImageView::path, ImageView::width)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, "a/copy.png", 2),
                        org.assertj.core.groups.Tuple.tuple(1, "a/x.png", 1),
                        org.assertj.core.groups.Tuple.tuple(2, "b/10.png", 2),
                        org.assertj.core.groups.Tuple.tuple(3, "b/2.png", 3));
    }

    @Test
    void failsAtTheFirstBadImageWhenAskedTo() throws IOException {
        write("a/good.png", png(1));
        byte[] whole = png(9);
        write("a/half.png", java.util.Arrays.copyOf(whole, whole.length / 2));

        DatasetView dataset = finished(
                body(register(Source.ofPath(folder.toString()), Layout.AUTO, OnBadImage.FAIL), DatasetView.class));

        assertThat(dataset.job().state()).isEqualTo(JobState.FAILED);
        assertThat(Objects.requireNonNull(dataset.job().error()).code()).isEqualTo("BAD_IMAGE");
        assertThat(dataset.job().error().detail()).startsWith("a/half.png: corrupt PNG");
    }

    @Test
    void readsATarWithoutFollowingWhatItSays() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            add(tar, "./cat/1.png", png(1));
            add(tar, "cat/../../etc/2.png", png(2));
            add(tar, "cat/1.png", png(3));
            TarArchiveEntry link = new TarArchiveEntry("cat/link.png", TarArchiveEntry.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }

        DatasetView dataset = finished(body(
                register(Source.ofUpload(upload(bytes.toByteArray())), Layout.AUTO, OnBadImage.SKIP),
                DatasetView.class));

        assertSucceeded(dataset.job());
        assertThat(dataset.skipped())
                .containsExactly(
                        new SkippedImage("cat/../../etc/2.png", "the path leads out of the tar"),
                        new SkippedImage("cat/1.png", "the path occurs twice in the tar"),
                        new SkippedImage("cat/link.png", "a link is not followed"));
        assertThat(images(dataset, "").items()).extracting(ImageView::width).containsExactly(1);
    }

    @Test
    void readsManifestsAsCsvAndAsJsonLines() throws IOException {
        write("one.png", png(1));
        write("two, three.png", png(2));
        Path csv = Files.writeString(
                folder.resolve("list.csv"),
                "label,split,path\r\ncat,train,one.png\r\n\"big \"\"dog\"\"\",val,\"two, three.png\"\r\nx,val,../secret.png\r\n");
        Path jsonl = Files.writeString(
                folder.resolve("list.jsonl"),
                "{\"path\":\"one.png\",\"label\":\"cat\"}\n{\"path\":\"two, three.png\",\"label\":\"big \\\"dog\\\"\"}\n");

        DatasetView fromCsv = finished(
                body(register(Source.ofPath(csv.toString()), Layout.MANIFEST, OnBadImage.SKIP), DatasetView.class));
        DatasetView fromJson = finished(
                body(register(Source.ofPath(jsonl.toString()), Layout.AUTO, OnBadImage.FAIL), DatasetView.class));

        assertSucceeded(fromCsv.job());
        assertThat(fromCsv.labels()).containsExactly(new LabelCount("big \"dog\"", 1), new LabelCount("cat", 1));
        assertThat(fromCsv.skipped()).extracting(SkippedImage::path).containsExactly("../secret.png");
        assertThat(fromJson.manifest()).isEqualTo(fromCsv.manifest());
    }

    @Test
    void readsShardsThatBracesName() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (var tar = new TarArchiveOutputStream(Files.newOutputStream(folder.resolve("s-" + i + ".tar")))) {
                add(tar, "1.png", png(i + 1));
                add(tar, "1.cls", ("label " + i).getBytes(StandardCharsets.UTF_8));
            }
        }

        DatasetView dataset = finished(body(
                register(Source.ofPath(folder.resolve("s-{0..1}.tar").toString()), Layout.AUTO, OnBadImage.FAIL),
                DatasetView.class));

        assertSucceeded(dataset.job());
        assertThat(images(dataset, "").items())
                .extracting(ImageView::path, ImageView::label, ImageView::width)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("s-0.tar/1.png", "label 0", 1),
                        org.assertj.core.groups.Tuple.tuple("s-1.tar/1.png", "label 1", 2));
    }

    @Test
    void readsFlatImagesWithTheirLabelFile() throws IOException {
        write("val/b.png", png(2));
        write("val/a.png", png(1));
        Path labels = Files.writeString(folder.resolve("labels.txt"), "7\n3\n");
        Source images = Source.ofPath(folder.resolve("val").toString());
        Source labelFile = Source.ofPath(labels.toString());

        DatasetView dataset = finished(body(
                post(
                        "/api/v1/datasets",
                        new CreateDataset("val", images, Layout.AUTO, OnBadImage.FAIL, labelFile),
                        null),
                DatasetView.class));

        assertSucceeded(dataset.job());
        assertThat(images(dataset, "").items()).extracting(ImageView::label).containsExactly("7", "3");
        post("/api/v1/datasets", new CreateDataset("val", images, Layout.FOLDERS, OnBadImage.FAIL, labelFile), null)
                .expectStatus()
                .isEqualTo(422)
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("labelFile");
    }

    @Test
    void servesThumbnailsAndPages() throws IOException {
        write("a/1.png", png(40));
        write("a/2.png", png(41));
        DatasetView dataset = scanFolder(Layout.AUTO);

        byte[] jpeg = http.get()
                .uri("/api/v1/datasets/" + dataset.id() + "/images/1/thumbnail?size=20")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("image/jpeg")
                .expectBody()
                .returnResult()
                .getResponseBody();
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(Objects.requireNonNull(jpeg)));
        assertThat(picture.getWidth()).isEqualTo(20);
        Page<ImageView> first = images(dataset, "?limit=1");
        Page<ImageView> second = images(dataset, "?limit=1&cursor=" + first.nextCursor());
        assertThat(second.items()).extracting(ImageView::path).containsExactly("a/2.png");
        assertThat(second.nextCursor()).isNull();
        refused(dataset, "/images/2/thumbnail", 404, "IMAGE_NOT_FOUND");
        refused(dataset, "/images/0/thumbnail?size=4000", 422, "PARAMETER_OUT_OF_RANGE");
        refused(dataset, "/images?cursor=x", 422, "PARAMETER_OUT_OF_RANGE");
    }

    @Test
    void saysWhatIsNoDataset() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        DatasetView empty = finished(body(
                register(Source.ofPath(folder.resolve("empty").toString()), Layout.AUTO, OnBadImage.SKIP),
                DatasetView.class));
        DatasetView zip = finished(body(
                register(Source.ofUpload(upload(new byte[] {'P', 'K', 3, 4})), Layout.AUTO, OnBadImage.SKIP),
                DatasetView.class));

        assertThat(Objects.requireNonNull(empty.job().error()).code()).isEqualTo("NO_IMAGES");
        assertThat(Objects.requireNonNull(zip.job().error()).code()).isEqualTo("DATASET_UNREADABLE");
        register(new Source(null, "ftp://host/images.tar", null), Layout.AUTO, OnBadImage.SKIP)
                .expectStatus()
                .isEqualTo(422);
    }

    @Test
    void answersTheSameDatasetForTheSameIdempotencyKey() throws IOException {
        write("a/1.png", png(5));
        CreateDataset request =
                new CreateDataset("twice", Source.ofPath(folder.toString()), Layout.AUTO, OnBadImage.SKIP);

        DatasetView one = body(post("/api/v1/datasets", request, "same-key"), DatasetView.class);
        DatasetView two = body(post("/api/v1/datasets", request, "same-key"), DatasetView.class);

        assertThat(two.id()).isEqualTo(one.id());
        finished(one);
        http.delete()
                .uri("/api/v1/datasets/" + one.id())
                .exchange()
                .expectStatus()
                .isNoContent();
        refused(one, "", 404, "DATASET_NOT_FOUND");
    }

    @Test
    void savesItsResultInTheTransactionThatMarksTheJobSucceeded() throws IOException {
        write("a/1.png", png(6));
        DatasetView dataset = scanFolder(Layout.AUTO);

        // PostgreSQL keeps with each row the transaction that wrote it.
        boolean together = jdbc.sql("select d.xmin = j.xmin from dataset d join job j on j.id = d.id where d.id = ?")
                .param(dataset.id())
                .query(Boolean.class)
                .single();
        assertThat(together).isTrue();
    }

    private DatasetView scanFolder(Layout layout) {
        return finished(body(register(Source.ofPath(folder.toString()), layout, OnBadImage.SKIP), DatasetView.class));
    }

    private Page<ImageView> images(DatasetView dataset, String query) {
        return Objects.requireNonNull(http.get()
                .uri("/api/v1/datasets/" + dataset.id() + "/images" + query)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(new ParameterizedTypeReference<Page<ImageView>>() {})
                .returnResult()
                .getResponseBody());
    }

    private void refused(DatasetView dataset, String path, int status, String code) {
        http.get()
                .uri("/api/v1/datasets/" + dataset.id() + path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    private static void add(TarArchiveOutputStream tar, String path, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /** A square picture of noise whose side tells it from others. */
    private static byte[] png(int side) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        java.util.Random random = new java.util.Random(side);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, random.nextInt(0x1000000));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}

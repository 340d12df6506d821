package io.taxoscope.activationservice.extractions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.activationservice.datasets.ImageProperties;
import io.taxoscope.activationservice.datasets.ReadyDataset;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.api.activation.CreateExtraction;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.vision.image.Filter;
import io.taxoscope.vision.image.Preprocessing;
import io.taxoscope.vision.image.Preprocessing.ResizeMode;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.ModelInspection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class ExtractorTest {
    private static final Preprocessing RECIPE = new Preprocessing(
            ResizeMode.SHORTEST_SIDE,
            36,
            Filter.BICUBIC,
            Preprocessing.Crop.CENTER,
            32,
            32,
            false,
            1 / 255.0,
            List.of(0.485, 0.456, 0.406),
            List.of(0.229, 0.224, 0.225));

    @TempDir
    Path folder;

    private final List<Example> examples = new ArrayList<>();

    @BeforeEach
    void storeImages() throws IOException {
        ContentStore store = ContentStore.at(folder);
        try (InputStream in = fixture("images.tar");
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                String hash = store.put(tar.readAllBytes()).hex();
                examples.add(new Example(examples.size(), entry.getName(), "label", hash, 1, 1));
            }
        }
    }

    /** As after kill -9: the run ends between two batches and another process takes the job up. */
    @Test
    void keepsTheShardsOfARunThatWasCutOffAndGivesTheSameShardSets() throws Exception {
        CountingContext cutOff = new CountingContext("job-1", 7);
        assertThatThrownBy(() -> extract(cutOff)).hasMessage("cut off");
        CountingContext resumed = new CountingContext("job-1", Integer.MAX_VALUE);
        List<Target> made = extract(resumed);

        List<Target> atOnce = extract(new CountingContext("job-2", Integer.MAX_VALUE));

        assertThat(cutOff.progress).containsExactly(0L, 2L, 4L, 6L, 8L);
        // Shards hold four images: the first was committed for both taps, and the second too when image 8 was done.
        assertThat(resumed.progress).containsExactly(8L, 10L, 12L);
        assertThat(made)
                .extracting(Target::ref)
                .isEqualTo(atOnce.stream().map(Target::ref).toList());
    }

    @Test
    void makesOnlyTheShardSetsAnewWhenEveryShardIsThere() throws Exception {
        List<Target> once = extract(new CountingContext("job-1", Integer.MAX_VALUE));
        CountingContext again = new CountingContext("job-1", Integer.MAX_VALUE);

        assertThat(extract(again)).isEqualTo(once);
        assertThat(again.progress).containsExactly(12L);
    }

    @Test
    void namesAnImageThatIsDamagedInTheStore() throws IOException {
        ContentStore store = ContentStore.at(folder);
        String junk = store.put(new byte[] {1, 2, 3}).hex();
        Example good = examples.get(5);
        examples.set(5, new Example(5, good.path(), good.label(), junk, 1, 1));

        assertThatThrownBy(() -> extract(new CountingContext("job-3", Integer.MAX_VALUE)))
                .rootCause()
                .hasMessageContaining("not a JPEG");
    }

    private List<Target> extract(JobContext context) throws Exception {
        ContentStore store = ContentStore.at(folder);
        RegisteredModel model = model(store);
        Sha256 manifest = DatasetManifest.write(store, examples);
        var request = new CreateExtraction(model.id(), "dataset", null, List.of(TokenSelection.CLS), 2, 4);
        ImageProperties limits =
                new ImageProperties(DataSize.ofMegabytes(1), 1_000_000, 1000, DataSize.ofMegabytes(10), 200);
        return new Extractor(store, limits)
                .extract(
                        context,
                        Plan.of(request, model),
                        model,
                        new ReadyDataset("dataset", manifest, examples.size()),
                        examples,
                        Map.of());
    }

    private RegisteredModel model(ContentStore store) throws IOException {
        try (InputStream in = fixture("tiny_vit.onnx")) {
            Sha256 file = store.put(in);
            OnnxModel onnx = OnnxModel.read(store.blob(file));
            return new RegisteredModel("tiny", file, RECIPE, ModelInspection.inspect(onnx, 32, 32, null));
        }
    }

    private static InputStream fixture(String name) {
        return Objects.requireNonNull(ExtractorTest.class.getResourceAsStream("/" + name), name);
    }

    /** Ends the run once more than {@code last} images are reported. */
    private static final class CountingContext implements JobContext {
        private final String id;
        private final int last;
        private final List<Long> progress = new ArrayList<>();

        CountingContext(String id, int last) {
            this.id = id;
            this.last = last;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void progress(long done, long total, String unit) {
            progress.add(done);
            if (done > last) {
                throw new IllegalStateException("cut off");
            }
        }

        @Override
        public void checkStopped() {}
    }
}

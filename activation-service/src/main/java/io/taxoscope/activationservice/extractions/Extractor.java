package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.datasets.ImageProperties;
import io.taxoscope.activationservice.datasets.ReadyDataset;
import io.taxoscope.activationservice.extractions.DecodedBatches.Slice;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.Preprocessor;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.VisionEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Fills the shard sets of an extraction: images are decoded ahead, the model runs once for all of its taps. */
@Component
class Extractor {
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final ContentStore store;
    private final ImageDecoder decoder;

    Extractor(ContentStore store, ImageProperties properties) {
        this.store = store;
        this.decoder = new ImageDecoder(properties.limits());
    }

    /** Answers the plan's targets with their sealed shard sets. */
    List<Target> extract(
            JobContext context, Plan plan, RegisteredModel model, ReadyDataset dataset, List<Example> examples)
            throws InterruptedException, ExecutionException {
        List<ShardSetWriter> writers = plan.targets().stream()
                .map(target -> ShardSetWriter.open(store, context.id(), spec(target, plan, dataset)))
                .toList();
        List<Integer> missing = missingShards(writers);
        int done = examples.size()
                - missing.stream().mapToInt(writers.getFirst()::examplesIn).sum();
        context.progress(done, examples.size(), "images");
        if (!missing.isEmpty()) {
            fill(context, plan, model, writers, slices(missing, writers.getFirst(), plan.batchSize(), examples), done);
        }
        return seal(plan, writers);
    }

    private static ShardSetSpec spec(Target target, Plan plan, ReadyDataset dataset) {
        return new ShardSetSpec(
                target.tap(),
                target.depth(),
                target.token(),
                target.width(),
                dataset.nImages(),
                plan.imagesPerShard(),
                plan.modelId(),
                dataset.manifest());
    }

    private static List<Integer> missingShards(List<ShardSetWriter> writers) {
        return IntStream.range(0, writers.getFirst().nShards())
                .filter(shard -> writers.stream().anyMatch(writer -> !writer.isCommitted(shard)))
                .boxed()
                .toList();
    }

    private static List<Slice> slices(
            List<Integer> shards, ShardSetWriter layout, int batchSize, List<Example> examples) {
        List<Slice> slices = new ArrayList<>();
        for (int shard : shards) {
            int first = layout.firstExample(shard);
            for (int row = 0; row < layout.examplesIn(shard); row += batchSize) {
                int end = Math.min(row + batchSize, layout.examplesIn(shard));
                slices.add(new Slice(shard, row, examples.subList(first + row, first + end)));
            }
        }
        return slices;
    }

    private void fill(
            JobContext context,
            Plan plan,
            RegisteredModel model,
            List<ShardSetWriter> writers,
            List<Slice> slices,
            int alreadyDone)
            throws InterruptedException, ExecutionException {
        int done = alreadyDone;
        int total = alreadyDone
                + slices.stream().mapToInt(slice -> slice.examples().size()).sum();
        try (VisionEncoder encoder = open(plan, model);
                DecodedBatches batches =
                        new DecodedBatches(slices.iterator(), store, decoder, new Preprocessor(model.recipe()))) {
            List<float[]> acts = List.of();
            for (Batch batch; (batch = batches.next()) != null; ) {
                int shard = batch.shard();
                if (batch.firstRow() == 0) {
                    acts = writers.stream()
                            .map(writer -> new float[writer.examplesIn(shard) * width(plan, writers.indexOf(writer))])
                            .toList();
                }
                encoder.encode(batch.pixels(), batch.n(), acts, batch.firstRow());
                done += batch.n();
                if (batch.firstRow() + batch.n() == writers.getFirst().examplesIn(shard)) {
                    commit(writers, shard, acts);
                }
                context.progress(done, total, "images");
            }
        }
    }

    private VisionEncoder open(Plan plan, RegisteredModel model) {
        OnnxModel onnx = OnnxModel.read(store.blob(model.file()));
        return VisionEncoder.open(
                onnx,
                model.description(),
                model.recipe().height(),
                model.recipe().width(),
                plan.selections(model),
                CORES);
    }

    private static int width(Plan plan, int target) {
        return plan.targets().get(target).width();
    }

    private static void commit(List<ShardSetWriter> writers, int shard, List<float[]> acts) {
        for (int i = 0; i < writers.size(); i++) {
            writers.get(i).commit(shard, acts.get(i));
        }
    }

    private List<Target> seal(Plan plan, List<ShardSetWriter> writers) {
        List<Target> made = new ArrayList<>();
        for (int i = 0; i < writers.size(); i++) {
            Sha256 ref = writers.get(i).seal();
            var manifest = ShardSet.manifest(store, ref);
            made.add(plan.targets().get(i).sealed(ref, manifest.nExamples(), manifest.bytes()));
        }
        return made;
    }

    void discard(String jobId) {
        store.discardWork(jobId);
    }
}

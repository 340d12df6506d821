package io.taxoscope.activationservice.extractions;

import io.taxoscope.activationservice.datasets.ImageProperties;
import io.taxoscope.activationservice.datasets.ReadyDataset;
import io.taxoscope.activationservice.extractions.DecodedBatches.Slice;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.Preprocessor;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.VisionEncoder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Fills the shard sets of an extraction: images are decoded ahead, the model runs once for all of its taps. */
@Component
class Extractor {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    /** A probe takes no more than these, and begins no batch after these seconds. */
    private static final int PROBED_BATCHES = 5;

    private static final double PATIENCE = 8;

    private final ContentStore store;
    private final ImageDecoder decoder;

    Extractor(ContentStore store, ImageProperties properties) {
        this.store = store;
        this.decoder = new ImageDecoder(properties.limits());
    }

    /**
     * Answers the plan's targets with their sealed shard sets.
     *
     * @param damaged earlier shard sets of some targets, whose intact shards are kept
     */
    List<Target> extract(
            JobContext context,
            Plan plan,
            RegisteredModel model,
            ReadyDataset dataset,
            List<Example> examples,
            Map<Target, Sha256> damaged)
            throws InterruptedException, ExecutionException {
        List<ShardSetWriter> writers = plan.targets().stream()
                .map(target ->
                        target.spec(dataset.nImages(), plan.imagesPerShard(), plan.modelId(), dataset.manifest()))
                .map(spec -> ShardSetWriter.open(store, context.id(), spec))
                .toList();
        for (int i = 0; i < writers.size(); i++) {
            Sha256 earlier = damaged.get(plan.targets().get(i));
            if (earlier != null) {
                writers.get(i).adopt(store, earlier);
            }
        }
        List<Integer> missing = missingShards(writers);
        int done = examples.size()
                - missing.stream().mapToInt(writers.getFirst()::examplesIn).sum();
        context.progress(done, examples.size(), "images");
        if (!missing.isEmpty()) {
            fill(context, plan, model, writers, slices(missing, writers.getFirst(), plan.batchSize(), examples), done);
        }
        return seal(plan, writers);
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
        List<Selection> selections = plan.selections(model);
        try (VisionEncoder encoder = open(selections, model);
                ShardCommits commits = new ShardCommits(writers, selections);
                DecodedBatches batches = batches(slices.iterator(), model)) {
            List<float[]> acts = List.of();
            for (Batch batch; (batch = batches.next()) != null; ) {
                int shard = batch.shard();
                if (batch.firstRow() == 0) {
                    acts = writers.stream()
                            .map(writer -> new float[writer.valuesIn(shard)])
                            .toList();
                }
                int firstExample = writers.getFirst().firstExample(shard) + batch.firstRow();
                encoder.encode(batch.pixels(), batch.n(), acts, batch.firstRow(), firstExample);
                done += batch.n();
                if (batch.firstRow() + batch.n() == writers.getFirst().examplesIn(shard)) {
                    commits.add(shard, acts);
                }
                context.progress(done, total, "images");
            }
            commits.finish();
        }
    }

    /**
     * How fast some images were decoded and run.
     *
     * @param loading seconds until the model was ready
     */
    record Rate(double loading, double seconds, int images) {}

    /** Runs evenly spaced images as an extraction would, after a first batch that warms up, and keeps nothing. */
    Rate probe(Plan plan, RegisteredModel model, List<Example> examples)
            throws InterruptedException, ExecutionException {
        int n = Math.min(examples.size(), PROBED_BATCHES * plan.batchSize());
        List<Example> spread = IntStream.range(0, n)
                .mapToObj(i -> examples.get((int) ((long) i * examples.size() / n)))
                .toList();
        List<Selection> selections = plan.selections(model);
        List<Slice> slices = IntStream.iterate(0, from -> from < n, from -> from + plan.batchSize())
                .mapToObj(from -> new Slice(0, from, spread.subList(from, Math.min(n, from + plan.batchSize()))))
                .toList();
        long begin = System.nanoTime();
        try (VisionEncoder encoder = open(selections, model);
                DecodedBatches batches = batches(slices.iterator(), model)) {
            List<float[]> acts = selections.stream()
                    .map(selection -> new float
                            [plan.batchSize()
                                    * selection.tokensPerExample()
                                    * selection.tap().width()])
                    .toList();
            double loading = secondsSince(begin);
            long start = System.nanoTime();
            int warmUp = 0;
            int images = 0;
            for (Batch batch; (batch = batches.next()) != null && secondsSince(begin) < PATIENCE; ) {
                encoder.encode(batch.pixels(), batch.n(), acts, 0, 0);
                images += batch.n();
                if (batch.firstRow() == 0 && slices.size() > 1) {
                    warmUp = images;
                    start = System.nanoTime();
                }
            }
            boolean isWarm = images > warmUp;
            return new Rate(loading, secondsSince(isWarm ? start : begin), isWarm ? images - warmUp : images);
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    /** The failure itself, where a thread that worked ahead has met it. */
    static RuntimeException unwrapped(ExecutionException failure) {
        return failure.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException("images could not be decoded", failure);
    }

    private DecodedBatches batches(Iterator<Slice> slices, RegisteredModel model) {
        return new DecodedBatches(slices, store, decoder, new Preprocessor(model.recipe()));
    }

    private VisionEncoder open(List<Selection> selections, RegisteredModel model) {
        OnnxModel onnx = OnnxModel.read(store.blob(model.file()));
        return VisionEncoder.open(
                onnx,
                model.description(),
                model.recipe().height(),
                model.recipe().width(),
                selections,
                CORES);
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

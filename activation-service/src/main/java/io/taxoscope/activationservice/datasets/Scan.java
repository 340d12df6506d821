package io.taxoscope.activationservice.datasets;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.datasets.ScanResult.Outcome;
import io.taxoscope.activationservice.datasets.ScanResult.Skipped;
import io.taxoscope.activationservice.datasets.ScanResult.Usable;
import io.taxoscope.api.activation.CreateDataset.OnBadImage;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.RgbImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a source. The source is read in its own order by one thread; decoding and keeping the files is spread
 * over the cores, a few images ahead at most.
 */
final class Scan implements ImageSource.Visitor {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int AHEAD = 8 * CORES;

    private final ContentStore store;
    private final ImageDecoder decoder;
    private final ImageProperties properties;
    private final OnBadImage onBadImage;
    private final JobContext context;
    private final ImageSource source;
    private final ExecutorService workers = Executors.newFixedThreadPool(
            CORES, Thread.ofPlatform().name("dataset-scan-", 0).factory());
    private final Semaphore window = new Semaphore(AHEAD);
    private final List<Future<Outcome>> outcomes = new ArrayList<>();
    private final AtomicInteger nDone = new AtomicInteger();
    private final AtomicReference<@Nullable Skipped> firstBad = new AtomicReference<>();
    private long totalBytes;

    Scan(
            ContentStore store,
            ImageProperties properties,
            OnBadImage onBadImage,
            JobContext context,
            ImageSource source) {
        this.store = store;
        this.decoder = new ImageDecoder(properties.limits());
        this.properties = properties;
        this.onBadImage = onBadImage;
        this.context = context;
        this.source = source;
    }

    ScanResult run() throws InterruptedException, ExecutionException {
        try {
            visitAll();
            List<Outcome> done = new ArrayList<>();
            for (Future<Outcome> outcome : outcomes) {
                done.add(outcome.get());
                report();
            }
            return ScanResult.of(done);
        } finally {
            workers.shutdownNow();
        }
    }

    private void visitAll() throws InterruptedException {
        try {
            source.visit(this);
        } catch (IOException failure) {
            throw ActivationError.DATASET_UNREADABLE.because(
                    "the source cannot be read to its end: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void image(String path, String label, ImageSource.Content content) throws IOException, InterruptedException {
        requireRoom(content.length());
        if (content.length() > properties.maxBytes().toBytes()) {
            refused(
                    path,
                    "%d bytes are more than the limit of %d"
                            .formatted(content.length(), properties.maxBytes().toBytes()));
            return;
        }
        window.acquire();
        byte[] bytes = content.read();
        outcomes.add(workers.submit(() -> {
            try {
                return examine(path, label, bytes);
            } finally {
                nDone.incrementAndGet();
                window.release();
            }
        }));
        report();
    }

    @Override
    public void refused(String path, String reason) {
        outcomes.add(CompletableFuture.completedFuture(bad(path, reason)));
        nDone.incrementAndGet();
        report();
    }

    private Outcome examine(String path, String label, byte[] bytes) {
        try {
            RgbImage image = decoder.decode(bytes);
            Sha256 hash = Sha256.of(bytes);
            if (!store.has(hash)) {
                store.put(bytes);
            }
            return new Usable(path, label, hash.hex(), image.width(), image.height());
        } catch (TaxoscopeException refused) {
            if (refused.code() instanceof VisionError) {
                return bad(path, String.valueOf(refused.getMessage()));
            }
            throw refused;
        }
    }

    private Skipped bad(String path, String reason) {
        Skipped skipped = new Skipped(path, reason);
        firstBad.compareAndSet(null, skipped);
        return skipped;
    }

    private void report() {
        Skipped bad = firstBad.get();
        if (bad != null && onBadImage == OnBadImage.FAIL) {
            throw ActivationError.BAD_IMAGE.because("%s: %s (register with onBadImage SKIP to leave such images out)"
                    .formatted(bad.path(), bad.reason()));
        }
        context.progress(nDone.get(), source.size(), "images");
    }

    private void requireRoom(long bytes) {
        totalBytes += bytes;
        if (outcomes.size() >= properties.maxImages()) {
            throw ActivationError.DATASET_TOO_LARGE.because(
                    "more than %d images (taxoscope.images.max-images)".formatted(properties.maxImages()));
        }
        if (totalBytes > properties.maxDatasetBytes().toBytes()) {
            throw ActivationError.DATASET_TOO_LARGE.because(
                    "more than %d bytes of images (taxoscope.images.max-dataset-bytes)"
                            .formatted(properties.maxDatasetBytes().toBytes()));
        }
    }
}

package io.taxoscope.saeservice.reconstruction;

import io.taxoscope.api.sae.CreateReconstruction;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.encoding.LatentEdits;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.saeservice.encoding.EncodedSet;
import io.taxoscope.saeservice.encoding.Encodings;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.store.ShardSetManifest;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Decodes codes into a shard set as a job; a run that was cut off skips the shards that are committed. */
@Component
class ReconstructionJob implements JobHandler {
    static final String KIND = "sae-reconstruction";

    private final Reconstructions reconstructions;
    private final Encodings encodings;
    private final ContentStore store;
    private final Kernel kernel;

    ReconstructionJob(Reconstructions reconstructions, Encodings encodings, ContentStore store, Kernel kernel) {
        this.reconstructions = reconstructions;
        this.encodings = encodings;
        this.store = store;
        this.kernel = kernel;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        CreateReconstruction request = reconstructions.request(context.id());
        EncodedSet encoded = encodings.encoded(request.encodingId());
        try (ShardSet set = ShardSet.open(store, encoded.shardSet());
                EncodingSession session = kernel.encode(
                        SaeLensFiles.readWeights(store.blob(encoded.sae().weights())),
                        encoded.sae().activation(),
                        Decoding.BATCH)) {
            ShardSetWriter writer = ShardSetWriter.open(store, context.id(), spec(set.manifest()));
            Decoding decoding = new Decoding(set, session, edits(request), request.keepError(), context);
            int nChanged = decoding.decode(Codes.open(store, encoded.codes()), writer);
            Sha256 made = writer.seal();
            return JobOutcome.done(() -> reconstructions.markDecoded(context.id(), made, nChanged));
        }
    }

    @Override
    public void cancelled(String id) {
        store.discardWork(id);
    }

    private static LatentEdits edits(CreateReconstruction request) {
        return new LatentEdits(
                Objects.requireNonNullElse(request.edits(), List.<io.taxoscope.api.sae.LatentEdit>of()).stream()
                        .map(edit -> new LatentEdits.Edit(
                                edit.latent(),
                                LatentEdits.Operation.valueOf(edit.operation().name()),
                                (float) edit.value()))
                        .toList());
    }

    /** The same place in the same model over the same images. */
    private static ShardSetSpec spec(ShardSetManifest of) {
        return new ShardSetSpec(
                of.tap(),
                of.depth(),
                of.token(),
                of.width(),
                of.nExamples(),
                of.examplesPerShard(),
                of.model(),
                new Sha256(of.dataset()));
    }
}

package io.taxoscope.saeservice.encoding;

import io.taxoscope.common.Sha256;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.sae.kernel.EncodingSession;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.training.Saes;
import io.taxoscope.saeservice.training.TrainedSae;
import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesSpec;
import io.taxoscope.store.CodesWriter;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encodes a shard set as a job, in two passes: codes, shard by shard, of which a later run skips the committed ones; then
 * the report and the top examples, always computed from the sealed codes, so that they do not depend on where an earlier
 * run was cut off.
 */
@Component
class EncodingJob implements JobHandler {
    static final String KIND = "sae-encoding";

    private final EncodingRepository encodings;
    private final Saes saes;
    private final ContentStore store;
    private final Kernel kernel;
    private final JsonMapper json;

    EncodingJob(EncodingRepository encodings, Saes saes, ContentStore store, Kernel kernel, JsonMapper json) {
        this.encodings = encodings;
        this.saes = saes;
        this.store = store;
        this.kernel = kernel;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(JobContext context) {
        Encoding encoding = find(context.id());
        TrainedSae sae = saes.find(encoding.saeId(), encoding.snapshot());
        try (ShardSet set = ShardSet.open(store, encoding.shardSet());
                EncodingSession session = kernel.encode(
                        SaeLensFiles.readWeights(store.blob(sae.weights())), sae.activation(), EncodingPasses.BATCH)) {
            EncodingPasses passes = new EncodingPasses(set, session, sae, encoding.topExamples(), context);
            CodesWriter writer = CodesWriter.open(store, context.id(), spec(sae, set));
            passes.encode(writer);
            Sha256 codes = writer.seal();
            passes.measure(Codes.open(store, codes));
            Sha256 top = TopFile.write(store, passes.active_s(), passes.top(), encoding.topExamples());
            String report = json.writeValueAsString(passes.report());
            return JobOutcome.done(() -> keep(context.id(), codes, top, report));
        }
    }

    @Override
    public void cancelled(String id) {
        store.discardWork(id);
    }

    private static CodesSpec spec(TrainedSae sae, ShardSet set) {
        int most = sae.activation().most(sae.shape().latents());
        int examplesPerShard =
                Math.max(1, Math.min(EncodingPasses.EXAMPLES_PER_SHARD, EncodingPasses.MAX_CODES / most));
        return new CodesSpec(sae.weights(), set.ref(), sae.shape().latents(), set.nRows(), examplesPerShard);
    }

    private void keep(String id, Sha256 codes, Sha256 top, String report) {
        find(id).markEncoded(codes, top, report);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                store.discardWork(id);
            }
        });
    }

    private Encoding find(String id) {
        return encodings
                .findById(id)
                .orElseThrow(() -> SaeServiceError.ENCODING_NOT_FOUND.because("there is no encoding " + id));
    }
}

package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.sae.EvaluationView;
import io.taxoscope.linearalgebra.LinearAlgebra;
import io.taxoscope.sae.format.SaeLensFiles;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.saeservice.encoding.EncodedSet;
import io.taxoscope.saeservice.encoding.Encodings;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.JobContext;
import io.taxoscope.support.jobs.JobHandler;
import io.taxoscope.support.jobs.JobOutcome;
import java.util.List;
import org.springframework.stereotype.Component;

/** Evaluates an encoding as a job. It takes seconds, so a run that was cut off starts anew. */
@Component
class EvaluationJob implements JobHandler {
    static final String KIND = "sae-evaluation";

    private final Evaluations evaluations;
    private final Encodings encodings;
    private final ContentStore store;
    private final Kernel kernel;

    EvaluationJob(Evaluations evaluations, Encodings encodings, ContentStore store, Kernel kernel) {
        this.evaluations = evaluations;
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
        var request = evaluations.request(context.id());
        EncodedSet encoded = encodings.encoded(request.encodingId());
        var weights = SaeLensFiles.readWeights(store.blob(encoded.sae().weights()));
        try (ShardSet set = ShardSet.open(store, encoded.shardSet());
                var session = kernel.encode(weights, encoded.sae().activation(), EncodedRows.BATCH)) {
            EvaluationSizes sizes = EvaluationSizes.of(request, set.nRows());
            LinearAlgebra algebra = LinearAlgebra.ofThisMachine();
            EncodedRows rows = new EncodedRows(set, Codes.open(store, encoded.codes()), session);
            context.progress(0, 3, "parts");
            var alignment = new AlignmentPart(algebra, rows).report(sizes);
            context.progress(1, 3, "parts");
            var dictionary = DictionaryPart.report(algebra, weights, rows.l0());
            context.progress(2, 3, "parts");
            List<String> labels = labels(set);
            var probes = new ProbePart(algebra, rows, labels).report(sizes);
            var report = new EvaluationView.Report(alignment, dictionary, probes);
            return JobOutcome.done(() -> evaluations.markEvaluated(context.id(), report));
        }
    }

    private List<String> labels(ShardSet set) {
        var dataset = new io.taxoscope.common.Sha256(set.manifest().dataset());
        return DatasetManifest.read(store, dataset).examples().stream()
                .map(DatasetManifest.Example::label)
                .toList();
    }
}

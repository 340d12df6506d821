package io.taxoscope.saeservice.encoding;

import io.taxoscope.api.sae.CreateEncoding;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.saeservice.Findings;
import io.taxoscope.saeservice.SaeServiceError;
import io.taxoscope.saeservice.StoreRefs;
import io.taxoscope.saeservice.training.Saes;
import io.taxoscope.saeservice.training.TrainedSae;
import io.taxoscope.store.Codes;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSet;
import io.taxoscope.support.jobs.Jobs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue of encodings. */
@Service
public class Encodings {
    private static final int DEFAULT_TOP = 32;

    private final EncodingRepository encodings;
    private final Saes saes;
    private final ContentStore store;
    private final Jobs jobs;
    private final JsonMapper json;

    Encodings(EncodingRepository encodings, Saes saes, ContentStore store, Jobs jobs, JsonMapper json) {
        this.encodings = encodings;
        this.saes = saes;
        this.store = store;
        this.jobs = jobs;
        this.json = json;
    }

    String submit(CreateEncoding request, @Nullable String key) {
        check(request);
        Integer wanted = request.topExamples();
        int top = wanted == null ? DEFAULT_TOP : wanted;
        Sha256 shardSet = new Sha256(request.shardSet());
        return jobs.submit(
                        EncodingJob.KIND,
                        key,
                        request,
                        job -> encodings.save(new Encoding(job, request.saeId(), shardSet, top, request.snapshot())))
                .job()
                .id();
    }

    @Transactional(readOnly = true)
    EncodingView view(String id) {
        return view(find(id));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    List<EncodingView> list() {
        return encodings.findAllByOrderByIdDesc().stream().map(this::view).toList();
    }

    /** A finished encoding's files. */
    @Transactional(readOnly = true)
    Result result(String id) {
        Encoding encoding = find(id);
        Sha256 codes = encoding.codes();
        Sha256 top = encoding.top();
        if (codes == null || top == null) {
            throw SaeServiceError.ENCODING_NOT_DONE.because("encoding %s has no codes: it is %s"
                    .formatted(id, encoding.jobView().state()));
        }
        return new Result(codes, top);
    }

    record Result(Sha256 codes, Sha256 top) {}

    /** A finished encoding, for those who work on its codes; fails with {@code ENCODING_NOT_DONE} before. */
    @Transactional(readOnly = true)
    public EncodedSet encoded(String id) {
        Result result = result(id);
        Encoding encoding = find(id);
        return new EncodedSet(
                id, saes.find(encoding.saeId(), encoding.snapshot()), encoding.shardSet(), result.codes());
    }

    /** Deletes the encoding, and its codes unless another encoding has the same. */
    @Transactional
    void delete(String id) {
        Encoding encoding = find(id);
        Sha256 codes = encoding.codes();
        encodings.delete(encoding);
        jobs.delete(id);
        if (codes != null && encodings.countByCodes(codes.hex()) == 0) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    Codes.delete(store, codes);
                }
            });
        }
    }

    void requireExists(String id) {
        find(id);
    }

    private void check(CreateEncoding request) {
        Findings findings = new Findings();
        StoreRefs.checkShardSet(store, request.shardSet(), findings);
        TrainedSae sae = null;
        try {
            sae = saes.find(request.saeId(), request.snapshot());
        } catch (TaxoscopeException unfit) {
            findings.add(request.snapshot() == null ? "saeId" : "snapshot", String.valueOf(unfit.getMessage()));
        }
        findings.throwIfAny(SaeServiceError.ENCODING_INVALID);
        if (sae != null) {
            int width = ShardSet.manifest(store, new Sha256(request.shardSet())).width();
            findings.addIf(
                    width != sae.shape().width(),
                    "shardSet",
                    "activations of width %d do not fit SAE %s (%d)"
                            .formatted(width, sae.id(), sae.shape().width()));
            findings.throwIfAny(SaeServiceError.ENCODING_INVALID);
        }
    }

    private Encoding find(String id) {
        return encodings
                .findById(id)
                .orElseThrow(() -> SaeServiceError.ENCODING_NOT_FOUND.because("there is no encoding " + id));
    }

    private EncodingView view(Encoding encoding) {
        String report = encoding.report();
        return encoding.view(report == null ? null : json.readValue(report, EncodingView.Report.class));
    }
}

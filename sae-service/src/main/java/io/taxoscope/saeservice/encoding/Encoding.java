package io.taxoscope.saeservice.encoding;

import io.taxoscope.api.JobView;
import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.common.Sha256;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A shard set encoded by an SAE. */
@Entity
@Table(name = "encoding")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
class Encoding {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String saeId;
    private String shardSet;
    private int topExamples;
    private @Nullable Integer snapshot;
    private @Nullable String codes;
    private @Nullable String top;
    private @Nullable String report;

    protected Encoding() {}

    Encoding(Job job, String saeId, Sha256 shardSet, int topExamples, @Nullable Integer snapshot) {
        this.job = job;
        this.saeId = saeId;
        this.shardSet = shardSet.hex();
        this.topExamples = topExamples;
        this.snapshot = snapshot;
    }

    String id() {
        return id;
    }

    String saeId() {
        return saeId;
    }

    Sha256 shardSet() {
        return new Sha256(shardSet);
    }

    @Nullable Integer snapshot() {
        return snapshot;
    }

    int topExamples() {
        return topExamples;
    }

    @Nullable Sha256 codes() {
        return codes == null ? null : new Sha256(codes);
    }

    @Nullable Sha256 top() {
        return top == null ? null : new Sha256(top);
    }

    @Nullable String report() {
        return report;
    }

    JobView jobView() {
        return job.view();
    }

    void markEncoded(Sha256 codes, Sha256 top, String report) {
        this.codes = codes.hex();
        this.top = top.hex();
        this.report = report;
    }

    EncodingView view(EncodingView.@Nullable Report report) {
        return new EncodingView(id, job.view(), saeId, shardSet, snapshot, codes, report);
    }
}

package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.ScoringConfig;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One set of codes scored against the taxonomy above a dataset's labels. */
@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Scoring {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String codes;
    private String dataset;

    /** Null means WordNet. */
    private @Nullable String taxonomy;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private Map<String, String> labels;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private ScoringConfig config;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private @Nullable HierarchyReport report;

    @Version
    private long version;

    protected Scoring() {}

    Scoring(Job job, CreateScoring request) {
        this.job = job;
        this.codes = request.codes();
        this.dataset = request.dataset();
        this.taxonomy = Hierarchies.isWordNet(request.taxonomy()) ? null : request.taxonomy();
        this.labels = request.labels();
        this.config = request.config();
    }

    String id() {
        return id;
    }

    boolean hasReport() {
        return report != null;
    }

    /** Null means WordNet. */
    @Nullable String taxonomy() {
        return taxonomy;
    }

    Map<String, String> labels() {
        return labels;
    }

    CreateScoring request() {
        return new CreateScoring(codes, dataset, labels, config, taxonomy);
    }

    void complete(HierarchyReport numbers) {
        this.report = numbers;
    }

    ScoringView view() {
        return new ScoringView(id, job.view(), codes, dataset, config, report, taxonomy);
    }
}

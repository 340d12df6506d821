package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.CreateScoring;
import io.taxoscope.api.taxonomy.HierarchyReport;
import io.taxoscope.api.taxonomy.ScoringConfig;
import io.taxoscope.api.taxonomy.ScoringView;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.support.jobs.JobResource;
import io.taxoscope.taxonomyservice.taxonomies.Hierarchies;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import java.util.Map;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** One set of codes scored against the taxonomy above a dataset's labels. */
@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Scoring extends JobResource<ScoringView> {
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

    protected Scoring() {}

    Scoring(Job job, CreateScoring request) {
        super(job);
        this.codes = request.codes();
        this.dataset = request.dataset();
        this.taxonomy = Hierarchies.isWordNet(request.taxonomy()) ? null : request.taxonomy();
        this.labels = request.labels();
        this.config = request.config();
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

    @Override
    public ScoringView view() {
        return new ScoringView(id(), job().view(), codes, dataset, config, report, taxonomy);
    }
}

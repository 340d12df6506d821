package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.taxonomy.ComparisonConfig;
import io.taxoscope.api.taxonomy.ComparisonReport;
import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.CreateComparison.Kind;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.support.jobs.JobResource;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Whether the latents of one scoring are found again in another. */
@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Comparison extends JobResource<ComparisonView> {
    @Enumerated(EnumType.STRING)
    private Kind kind;

    private String firstScoring;
    private String secondScoring;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private ComparisonConfig config;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private @Nullable ComparisonReport report;

    protected Comparison() {}

    Comparison(Job job, CreateComparison request) {
        super(job);
        this.kind = request.kind();
        this.firstScoring = request.first();
        this.secondScoring = request.second();
        this.config = request.config();
    }

    CreateComparison request() {
        return new CreateComparison(kind, firstScoring, secondScoring, config);
    }

    void complete(ComparisonReport numbers) {
        this.report = numbers;
    }

    @Override
    public ComparisonView view() {
        return new ComparisonView(id(), job().view(), kind, firstScoring, secondScoring, config, report);
    }
}

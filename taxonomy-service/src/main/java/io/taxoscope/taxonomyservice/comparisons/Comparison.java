package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.taxonomy.ComparisonConfig;
import io.taxoscope.api.taxonomy.ComparisonReport;
import io.taxoscope.api.taxonomy.ComparisonView;
import io.taxoscope.api.taxonomy.CreateComparison;
import io.taxoscope.api.taxonomy.CreateComparison.Kind;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Whether the latents of one scoring are found again in another. */
@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Comparison {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

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

    @Version
    private long version;

    protected Comparison() {}

    Comparison(Job job, CreateComparison request) {
        this.job = job;
        this.kind = request.kind();
        this.firstScoring = request.first();
        this.secondScoring = request.second();
        this.config = request.config();
    }

    String id() {
        return id;
    }

    CreateComparison request() {
        return new CreateComparison(kind, firstScoring, secondScoring, config);
    }

    void complete(ComparisonReport numbers) {
        this.report = numbers;
    }

    ComparisonView view() {
        return new ComparisonView(id, job.view(), kind, firstScoring, secondScoring, config, report);
    }
}

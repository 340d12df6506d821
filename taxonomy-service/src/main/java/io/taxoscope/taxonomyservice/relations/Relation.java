package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.RelationConfig;
import io.taxoscope.api.taxonomy.RelationReport;
import io.taxoscope.api.taxonomy.RelationView;
import io.taxoscope.support.jobs.Job;
import io.taxoscope.support.jobs.JobResource;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** How the latents of one scoring relate to each other. */
@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Relation extends JobResource<RelationView> {
    private String scoring;
    private @Nullable String embeddings;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private RelationConfig config;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private @Nullable RelationReport report;

    protected Relation() {}

    Relation(Job job, CreateRelation request) {
        super(job);
        this.scoring = request.scoring();
        this.embeddings = request.embeddings();
        this.config = request.config();
    }

    CreateRelation request() {
        return new CreateRelation(scoring, embeddings, config);
    }

    void complete(RelationReport numbers) {
        this.report = numbers;
    }

    @Override
    public RelationView view() {
        return new RelationView(id(), job().view(), scoring, embeddings, config, report);
    }
}

package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.CreateRelation;
import io.taxoscope.api.taxonomy.RelationConfig;
import io.taxoscope.api.taxonomy.RelationReport;
import io.taxoscope.api.taxonomy.RelationView;
import io.taxoscope.support.jobs.Job;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapsId;
import jakarta.persistence.OneToOne;
import jakarta.persistence.Version;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** How the latents of one scoring relate to each other. */
@Entity
@SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // Hibernate fills and reads the fields
class Relation {
    @Id
    private String id;

    @OneToOne(optional = false)
    @MapsId
    @JoinColumn(name = "id")
    private Job job;

    private String scoring;
    private @Nullable String embeddings;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private RelationConfig config;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(columnDefinition = "jsonb")
    private @Nullable RelationReport report;

    @Version
    private long version;

    protected Relation() {}

    Relation(Job job, CreateRelation request) {
        this.job = job;
        this.scoring = request.scoring();
        this.embeddings = request.embeddings();
        this.config = request.config();
    }

    String id() {
        return id;
    }

    CreateRelation request() {
        return new CreateRelation(scoring, embeddings, config);
    }

    void complete(RelationReport numbers) {
        this.report = numbers;
    }

    RelationView view() {
        return new RelationView(id, job.view(), scoring, embeddings, config, report);
    }
}

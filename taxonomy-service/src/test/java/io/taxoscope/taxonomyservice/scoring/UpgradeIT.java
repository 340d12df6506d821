package io.taxoscope.taxonomyservice.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.support.testing.TestPostgres;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database from before there were so many scores. */
class UpgradeIT {
    private final TestPostgres postgres = TestPostgres.server();
    private final DriverManagerDataSource database = new DriverManagerDataSource(
            postgres.freshUrl() + "?currentSchema=taxonomy", postgres.user(), postgres.password());
    private final JdbcClient jdbc = JdbcClient.create(database);

    private FluentConfiguration migrations() {
        return Flyway.configure()
                .dataSource(database)
                .schemas("taxonomy")
                .locations("classpath:db/migration/support", "classpath:db/migration/taxonomy");
    }

    @Test
    void earlierScoringsSayThatTheyAreToBeScoredAgain() {
        migrations().target("102").load().migrate();
        insert("finished", "SUCCEEDED", "{}");
        insert("waiting", "QUEUED", "");
        jdbc.sql("""
                insert into feature (scoring_id, latent, eligible, n_active, max_activation,
                    top_examples, top_values, top_labels, classes, class_counts, class_masses)
                values ('finished', 0, false, 0, 0, '{}', '{}', '{}', '{}', '{}', '{}')""").update();

        migrations().load().migrate();

        assertThat(state("finished")).isEqualTo("FAILED SCORED_BEFORE_UPGRADE");
        assertThat(state("waiting")).isEqualTo("QUEUED null");
        assertThat(jdbc.sql("select count(*) from feature").query(Long.class).single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from scoring where report is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    private void insert(String id, String state, String report) {
        jdbc.sql("insert into job (id, kind, state, created_at) values (?, 'scoring', ?, now())")
                .params(id, state)
                .update();
        jdbc.sql("""
                insert into scoring (id, codes, dataset, labels, config, report, version)
                values (?, '', '', '{}', '{}', cast(nullif(?, '') as jsonb), 0)""").params(id, report).update();
    }

    private String state(String id) {
        return jdbc.sql("select state || ' ' || coalesce(error_code, 'null') from job where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }
}

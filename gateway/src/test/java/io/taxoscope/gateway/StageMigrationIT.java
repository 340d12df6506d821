package io.taxoscope.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.taxoscope.support.testing.TestPostgres;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Experiments of an earlier version, whose stages had the control in their kind. */
class StageMigrationIT {
    private final TestPostgres server = TestPostgres.server();

    @Test
    void tellsTrainedStagesFromTheirControls() throws Exception {
        String url = server.freshUrl();
        flyway(url, "100").migrate();
        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica"); // the job's row does not matter here
            statement.execute("""
                    insert into gateway.experiment (id, name, spec, model_id, dataset_id, created_at, changed_at, version)
                    values ('e', 'old', '{}', 'm', 'd', now(), now(), 0)
                    """);
            int position = 0;
            for (String kind : List.of("EXTRACT", "TRAIN", "SCORE", "TRAIN_UNTRAINED", "SCORE_UNTRAINED")) {
                statement.execute("insert into gateway.stage (id, experiment_id, position, kind, layer, state) values"
                        + " ('e/%1$d', 'e', %1$d, '%2$s', 'l', 'SUCCEEDED')".formatted(position++, kind));
            }
        }

        flyway(url, "latest").migrate();

        try (var connection = DriverManager.getConnection(url, server.user(), server.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select kind, variant from gateway.stage order by position")) {
            var stages = new ArrayList<String>();
            while (rows.next()) {
                stages.add(rows.getString(1) + " " + rows.getString(2));
            }
            assertThat(stages)
                    .containsExactly(
                            "EXTRACT null", "TRAIN TRAINED", "SCORE TRAINED", "TRAIN UNTRAINED", "SCORE UNTRAINED");
        }
    }

    private Flyway flyway(String url, String target) {
        return Flyway.configure()
                .dataSource(url, server.user(), server.password())
                .schemas("gateway")
                .locations("classpath:db/migration/support", "classpath:db/migration/gateway")
                .target(target)
                .load();
    }
}

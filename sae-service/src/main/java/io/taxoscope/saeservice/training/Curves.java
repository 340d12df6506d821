package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeView.CurvePoint;
import java.sql.Types;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Training curves as rows, written in batches. A resumed training repeats points, and repeats their numbers. */
@Component
class Curves {
    private final JdbcTemplate jdbc;

    Curves(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void write(String saeId, List<CurvePoint> points) {
        jdbc.batchUpdate("""
                insert into curve_point (sae_id, step, loss, fvu, l0, dead_fraction, learning_rate, validation_fvu)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (sae_id, step) do update set
                    loss = excluded.loss, fvu = excluded.fvu, l0 = excluded.l0,
                    dead_fraction = excluded.dead_fraction, learning_rate = excluded.learning_rate,
                    validation_fvu = excluded.validation_fvu""", points, 100, (row, point) -> {
            row.setString(1, saeId);
            row.setInt(2, point.step());
            row.setDouble(3, point.loss());
            row.setDouble(4, point.fvu());
            row.setDouble(5, point.l0());
            row.setDouble(6, point.deadFraction());
            row.setDouble(7, point.learningRate());
            row.setObject(8, point.validationFvu(), Types.DOUBLE);
        });
    }

    /** Notes the time that the training has taken up to its last checkpoint. */
    void noteSeconds(String saeId, double seconds) {
        jdbc.update("update sae set training_seconds = ? where id = ?", seconds, saeId);
    }

    List<CurvePoint> read(String saeId) {
        return JdbcClient.create(jdbc)
                .sql("""
                        select step, loss, fvu, l0, dead_fraction, learning_rate, validation_fvu from curve_point
                        where sae_id = ? order by step""")
                .param(saeId)
                .query((row, n) -> new CurvePoint(
                        row.getInt("step"),
                        row.getDouble("loss"),
                        row.getDouble("fvu"),
                        row.getDouble("l0"),
                        row.getDouble("dead_fraction"),
                        row.getDouble("learning_rate"),
                        row.getObject("validation_fvu", Double.class)))
                .list();
    }
}

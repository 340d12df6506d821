package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeView.Snapshot;
import io.taxoscope.common.Sha256;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Weights that were kept on the way. A resumed training repeats them, to the same bits. */
@Component
class Snapshots {
    private final JdbcClient jdbc;

    Snapshots(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void write(String saeId, int step, Sha256 weights) {
        jdbc.sql("""
                        insert into sae_snapshot (sae_id, step, weights) values (?, ?, ?)
                        on conflict (sae_id, step) do update set weights = excluded.weights""").params(saeId, step, weights.hex()).update();
    }

    /** By ascending step. */
    List<Snapshot> read(String saeId) {
        return jdbc.sql("select step, weights from sae_snapshot where sae_id = ? order by step")
                .param(saeId)
                .query((row, n) -> new Snapshot(row.getInt("step"), row.getString("weights")))
                .list();
    }

    Optional<Sha256> find(String saeId, int step) {
        return jdbc.sql("select weights from sae_snapshot where sae_id = ? and step = ?")
                .params(saeId, step)
                .query(String.class)
                .optional()
                .map(Sha256::new);
    }
}

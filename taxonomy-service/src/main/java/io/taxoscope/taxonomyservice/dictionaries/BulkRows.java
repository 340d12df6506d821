package io.taxoscope.taxonomyservice.dictionaries;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes many rows with COPY, each with its API view as JSON in its last column. */
@Component
public class BulkRows {
    private final JdbcTemplate jdbc;
    private final JsonMapper json;

    BulkRows(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * Writes the rows of one owner anew; within the caller's transaction, so that they appear together or not at all.
     *
     * @param owner column that holds {@code id}
     * @param columns the columns between owner and view
     * @param key what stands in those columns
     */
    public <T> void replace(
            String table, String owner, String id, String columns, List<T> views, Function<T, RowKey> key) {
        jdbc.update("delete from %s where %s = ?".formatted(table, owner), id);
        var sql = "copy %s (%s, %s, view) from stdin".formatted(table, owner, columns);
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            send(connection, sql, id, views, key);
            return null;
        });
    }

    private <T> void send(Connection connection, String sql, String id, List<T> views, Function<T, RowKey> key)
            throws SQLException {
        try (var out = new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql)) {
            for (T view : views) {
                var line = new StringJoiner("\t", "", "\n");
                line.add(id);
                key.apply(view).columns.forEach(line::add);
                line.add(escaped(json.writeValueAsString(view)));
                out.write(line.toString().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write rows to the database", failure);
        }
    }

    /** Column by column what a row is found by. */
    public static final class RowKey {
        private final List<String> columns = new ArrayList<>();

        public RowKey add(@Nullable Object value) {
            columns.add(value == null ? "\\N" : escaped(value.toString()));
            return this;
        }
    }

    /** COPY's text format: a backslash before what would end a column or a row. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}

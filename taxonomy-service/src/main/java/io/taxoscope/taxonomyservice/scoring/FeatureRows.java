package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.scoring.ActiveExample;
import io.taxoscope.taxonomy.scoring.Criterion;
import io.taxoscope.taxonomy.scoring.LatentScore;
import io.taxoscope.taxonomy.scoring.ScoringResult;
import io.taxoscope.taxonomy.scoring.ScoringResult.ClassActivity;
import io.taxoscope.taxonomyservice.scoring.StoredScores.StoredSynset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Writes the rows of a scoring with COPY (text format: tabs between columns, \N for null). Ids of an uploaded hierarchy
 * hold no tab and no line end, but may hold a backslash, which COPY reads as an escape.
 */
@Component
class FeatureRows {
    private static final String COPY_FEATURES = """
            copy feature (scoring_id, latent, eligible, n_active, max_activation,
                lch, lch_height, lch_classes, robust_lch, robust_lch_height, robust_lch_classes,
                best, best_by, scores, entropy_profile,
                top_examples, top_values, top_labels, classes, class_counts, class_masses)
            from stdin""";
    private static final String COPY_CLASSES = "copy scoring_class (scoring_id, position, wnid, n_images) from stdin";

    private final JdbcTemplate jdbc;
    private final StoredScores scores;

    FeatureRows(JdbcTemplate jdbc, StoredScores scores) {
        this.jdbc = jdbc;
        this.scores = scores;
    }

    /** Writes all rows anew; within the caller's transaction, so that they appear together or not at all. */
    void replace(String id, LabelledDataset dataset, ScoringResult result) {
        jdbc.update("delete from feature where scoring_id = ?", id);
        jdbc.update("delete from scoring_class where scoring_id = ?", id);
        var taxonomy = dataset.taxonomy();
        int[] images = dataset.imagesPerClass();
        copy(COPY_CLASSES, lines -> {
            for (int c = 0; c < images.length; c++) {
                lines.write(new Line(id)
                        .add(c)
                        .add(taxonomy.id(taxonomy.classNode(c)))
                        .add(images[c]));
            }
        });
        copy(COPY_FEATURES, lines -> {
            for (LatentScore score : result.latents()) {
                lines.write(line(id, dataset, result, score));
            }
        });
    }

    private Line line(String id, LabelledDataset dataset, ScoringResult result, LatentScore score) {
        var taxonomy = dataset.taxonomy();
        var line = new Line(id)
                .add(score.latent())
                .add(score.eligible())
                .add(score.nActive())
                .add(score.maxActivation())
                .addNode(taxonomy, score.lch())
                .addNode(taxonomy, score.robustLch());
        var best = score.best(Criterion.F1);
        line.add(best == null ? null : taxonomy.id(best.node()))
                .add(scores.write(synsets(taxonomy, score)))
                .add(scores.write(score.values()))
                .addAll(score.entropyProfile(), each -> each);
        var top = result.top(score.latent());
        var classes = result.classes(score.latent());
        return line.addAll(top, ActiveExample::example)
                .addAll(top, ActiveExample::value)
                .addAll(top, each -> dataset.labelOf(each.example()))
                .addAll(classes, ClassActivity::classIndex)
                .addAll(classes, ClassActivity::nActive)
                .addAll(classes, ClassActivity::mass);
    }

    private static Map<Criterion, StoredSynset> synsets(Taxonomy taxonomy, LatentScore score) {
        var synsets = new EnumMap<Criterion, StoredSynset>(Criterion.class);
        score.best().forEach((criterion, best) -> synsets.put(criterion, StoredSynset.of(taxonomy, best)));
        return synsets;
    }

    private void copy(String sql, Rows rows) {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            send(connection, sql, rows);
            return null;
        });
    }

    private static void send(Connection connection, String sql, Rows rows) throws SQLException {
        try (var out = new PGCopyOutputStream(connection.unwrap(PGConnection.class), sql)) {
            rows.writeTo(line -> out.write(line.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write rows to the database", failure);
        }
    }

    private interface Rows {
        void writeTo(LineWriter lines) throws IOException;
    }

    private interface LineWriter {
        void write(Line line) throws IOException;
    }

    /** One row in COPY's text format. */
    private static final class Line {
        private final StringJoiner columns = new StringJoiner("\t", "", "\n");

        Line(String id) {
            columns.add(id);
        }

        Line add(@Nullable Object value) {
            columns.add(value == null ? "\\N" : value.toString().replace("\\", "\\\\"));
            return this;
        }

        Line addNode(Taxonomy taxonomy, OptionalInt node) {
            if (node.isEmpty()) {
                return add(null).add(null).add(null);
            }
            int at = node.getAsInt();
            return add(taxonomy.id(at)).add(taxonomy.height(at)).add(taxonomy.classesBelow(at).length);
        }

        <T> Line addAll(List<T> values, Function<T, Object> column) {
            return add(values.stream().map(column).map(Object::toString).collect(Collectors.joining(",", "{", "}")));
        }

        @Override
        public String toString() {
            return columns.toString();
        }
    }
}

package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.Criterion;
import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureDetail.ClassCount;
import io.taxoscope.api.taxonomy.FeatureDetail.TopImage;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.api.taxonomy.FeatureView.Placement;
import io.taxoscope.taxonomy.Hierarchy;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomyservice.scoring.FeaturePage.Place;
import io.taxoscope.taxonomyservice.scoring.StoredScores.StoredSynset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the rows that {@link FeatureRows} wrote. */
@Component
class FeatureQueries {
    private final JdbcClient jdbc;
    private final StoredScores scores;

    FeatureQueries(JdbcClient jdbc, StoredScores scores) {
        this.jdbc = jdbc;
        this.scores = scores;
    }

    /** Synsets that are the best one of some latent. */
    List<String> bestSynsets(String id) {
        return jdbc.sql("select distinct best from feature where scoring_id = ? and best is not null order by best")
                .param(id)
                .query((row, number) -> row.getString("best"))
                .list();
    }

    Page<FeatureView> page(String id, FeaturePage page, ScoringSize size) {
        var select = page.select(id);
        var found = jdbc.sql(select.sql())
                .params(select.values())
                .query((row, number) -> new Found(view(row, size), place(row, page.sort())))
                .list();
        boolean hasMore = found.size() > page.limit();
        var shown = hasMore ? found.subList(0, page.limit()) : found;
        return new Page<>(
                shown.stream().map(Found::view).toList(),
                hasMore ? shown.getLast().place().cursor() : null);
    }

    private static Place place(ResultSet row, FeatureSort sort) throws SQLException {
        return new Place(sort, row.getBoolean("last"), row.getDouble("key"), row.getInt("latent"));
    }

    private record Found(FeatureView view, Place place) {}

    /**
     * What the rows of a scoring are to be read with.
     *
     * @param labels label to wnid
     * @param hierarchy what the scoring was against
     */
    record ScoringSize(long nExamples, Map<String, String> labels, Hierarchy hierarchy) {
        private String name(String wnid) {
            return hierarchy.name(hierarchy.node(SynsetId.of(wnid)));
        }
    }

    Optional<FeatureDetail> find(String id, int latent, ScoringSize size) {
        var classes = jdbc.sql("select wnid, n_images from scoring_class where scoring_id = ? order by position")
                .param(id)
                .query((row, number) -> new ImageClass(row.getString("wnid"), row.getInt("n_images")))
                .list();
        return jdbc.sql("select * from feature where scoring_id = ? and latent = ?")
                .params(id, latent)
                .query((row, number) -> detail(row, size, classes))
                .optional();
    }

    private record ImageClass(String wnid, int nImages) {}

    private FeatureDetail detail(ResultSet row, ScoringSize size, List<ImageClass> classes) throws SQLException {
        return new FeatureDetail(
                view(row, size),
                List.of(array(row, "entropy_profile", Double[].class)),
                top(row, size),
                classes(row, size, classes));
    }

    private static List<TopImage> top(ResultSet row, ScoringSize size) throws SQLException {
        Integer[] examples = array(row, "top_examples", Integer[].class);
        Float[] values = array(row, "top_values", Float[].class);
        Integer[] labels = array(row, "top_labels", Integer[].class);
        var names = LabelledDataset.labels(size.labels());
        var top = new ArrayList<TopImage>();
        for (int i = 0; i < examples.length; i++) {
            var label = names.get(labels[i]);
            top.add(new TopImage(examples[i], values[i], size.labels().getOrDefault(label, ""), label));
        }
        return top;
    }

    private static List<ClassCount> classes(ResultSet row, ScoringSize size, List<ImageClass> known)
            throws SQLException {
        Integer[] positions = array(row, "classes", Integer[].class);
        Integer[] counts = array(row, "class_counts", Integer[].class);
        Double[] masses = array(row, "class_masses", Double[].class);
        var classes = new ArrayList<ClassCount>();
        for (int i = 0; i < positions.length; i++) {
            var each = known.get(positions[i]);
            var label = String.join(", ", labelsOf(each.wnid(), size.labels()));
            classes.add(
                    new ClassCount(each.wnid(), size.name(each.wnid()), label, counts[i], each.nImages(), masses[i]));
        }
        classes.sort((a, b) -> Double.compare(b.mass(), a.mass()));
        return classes;
    }

    private static List<String> labelsOf(String wnid, Map<String, String> labels) {
        return labels.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wnid))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private FeatureView view(ResultSet row, ScoringSize size) throws SQLException {
        var bestBy = scores.bestBy(row.getString("best_by"));
        var best = bestBy.remove(Criterion.F1);
        return new FeatureView(
                row.getInt("latent"),
                row.getBoolean("eligible"),
                row.getLong("n_active"),
                (double) row.getLong("n_active") / size.nExamples(),
                row.getFloat("max_activation"),
                placement(row, "lch", size),
                placement(row, "robust_lch", size),
                best == null ? null : named(best, size),
                named(bestBy, size),
                scores.scores(row.getString("scores")));
    }

    private static @Nullable Placement placement(ResultSet row, String column, ScoringSize size) throws SQLException {
        String wnid = row.getString(column);
        return wnid == null
                ? null
                : new Placement(wnid, size.name(wnid), row.getInt(column + "_height"), row.getInt(column + "_classes"));
    }

    private static BestSynset named(StoredSynset best, ScoringSize size) {
        return best.named(size.name(best.wnid()));
    }

    private static Map<Criterion, BestSynset> named(Map<Criterion, StoredSynset> bestBy, ScoringSize size) {
        var named = new EnumMap<Criterion, BestSynset>(Criterion.class);
        bestBy.forEach((criterion, best) -> named.put(criterion, named(best, size)));
        return named;
    }

    private static <T> T array(ResultSet row, String column, Class<T> type) throws SQLException {
        return type.cast(row.getArray(column).getArray());
    }
}

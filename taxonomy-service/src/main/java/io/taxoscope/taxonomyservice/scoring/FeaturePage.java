package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.taxonomy.FeatureSort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which features are wanted.
 *
 * @param where bounds that a latent's scores must keep
 * @param bestSynsets wnids that the best synset must be one of; absent for any
 * @param after the place behind which the page starts; absent for the first page
 */
record FeaturePage(
        FeatureSort sort,
        @Nullable List<String> bestSynsets,
        List<ScoreFilter> where,
        @Nullable Boolean eligible,
        @Nullable Place after,
        int limit) {

    /** @param values in the order of the statement's question marks */
    record Select(String sql, List<Object> values) {}

    /** The page's rows and one more, which says whether another page follows. */
    Select select(String scoringId) {
        var conditions = new StringJoiner(" and ");
        var values = new ArrayList<Object>();
        conditions.add("scoring_id = ?");
        values.add(scoringId);
        if (bestSynsets != null) {
            conditions.add("best = any(?)");
            values.add(bestSynsets.toArray(String[]::new));
        }
        for (var filter : where) {
            conditions.add(filter.sql());
            values.add(filter.bound());
        }
        if (eligible != null) {
            conditions.add("eligible = ?");
            values.add(eligible);
        }
        if (after != null) {
            conditions.add("(%s, %s, latent) > (?, ?, ?)".formatted(last(), key()));
            values.addAll(List.of(after.last(), after.key(), after.latent()));
        }
        values.add(limit + 1);
        return new Select(
                "select *, %s as last, %s as key from feature where %s order by last, key, latent limit ?"
                        .formatted(last(), key(), conditions),
                values);
    }

    /** What the list is ordered by, ascending, before the latent's number; never null, so that rows can be compared. */
    private String key() {
        var score = sort.score();
        if (score != null) {
            return "coalesce(%s(scores ->> '%s')::float8, 'infinity')".formatted(score.lowFirst() ? "" : "-", score);
        }
        if (sort == FeatureSort.DENSITY) {
            return "-n_active::float8";
        }
        return sort == FeatureSort.MAX_ACTIVATION ? "-max_activation::float8" : "0::float8";
    }

    /** Ineligible latents come last, unless the order is that of their numbers. */
    private String last() {
        return sort == FeatureSort.LATENT ? "false" : "not eligible";
    }

    /** The position of a row in the order of {@code sort}. */
    record Place(FeatureSort sort, boolean last, double key, int latent) {
        String cursor() {
            var text = "%s/%s/%s/%d".formatted(sort, last, key, latent);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Place of(String cursor, FeatureSort sort) {
            try {
                var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                var parts = text.split("/", -1);
                var place = new Place(
                        FeatureSort.valueOf(parts[0]),
                        Boolean.parseBoolean(parts[1]),
                        Double.parseDouble(parts[2]),
                        Integer.parseInt(parts[3]));
                if (place.sort() == sort) {
                    return place;
                }
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException malformed) {
                throw ScoringError.CURSOR_INVALID.because("the cursor is none of this list: pass nextCursor unchanged");
            }
            throw ScoringError.CURSOR_INVALID.because(
                    "the cursor belongs to another order than sort=" + sort + ": start without a cursor");
        }
    }
}

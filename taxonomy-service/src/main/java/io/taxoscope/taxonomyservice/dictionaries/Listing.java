package io.taxoscope.taxonomyservice.dictionaries;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A page of one owner's rows in some order. Rows without the number that they are ordered by come last; ties go by
 * the tie columns, which identify a row.
 *
 * @param sort name of the order, which a cursor remembers
 * @param key SQL of what rows are ordered by, ascending
 * @param ties integer columns, or one text column, after which equal rows are ordered
 */
public record Listing(
        String table,
        String owner,
        String id,
        String sort,
        String key,
        List<String> ties,
        boolean isTextTie,
        List<Condition> where) {
    public Listing {
        ties = List.copyOf(ties);
        where = List.copyOf(where);
    }

    /** @param values for the question marks of {@code sql} */
    public record Condition(String sql, List<Object> values) {
        public static Condition of(String sql, Object... values) {
            return new Condition(sql, List.of(values));
        }
    }

    /** SQL that sorts a column's greatest first; {@link #ascending} its least. */
    public static String descending(String column) {
        return "coalesce(-(" + column + ")::float8, 'infinity')";
    }

    public static String ascending(String column) {
        return "coalesce((" + column + ")::float8, 'infinity')";
    }

    /** For an order that is that of the ties alone. */
    public static String none() {
        return "0::float8";
    }

    /** @param values in the order of the statement's question marks */
    record Select(String sql, List<Object> values) {}

    /** The page's rows and one more, which says whether another page follows. */
    Select select(@Nullable String cursor, int limit) {
        var conditions = new StringJoiner(" and ");
        var values = new ArrayList<Object>();
        conditions.add(owner + " = ?");
        values.add(id);
        where.forEach(condition -> {
            conditions.add(condition.sql());
            values.addAll(condition.values());
        });
        var tied = String.join(", ", ties);
        if (cursor != null) {
            conditions.add("(%s, %s) > (?, %s)"
                    .formatted(
                            key,
                            tied,
                            String.join(", ", ties.stream().map(tie -> "?").toList())));
            values.addAll(place(cursor));
        }
        values.add(limit + 1);
        return new Select(
                "select view::text, %s as sort_key, %s from %s where %s order by sort_key, %s limit ?"
                        .formatted(key, tied, table, conditions, tied),
                values);
    }

    String cursor(double keyOfLast, List<String> tiesOfLast) {
        var text = sort + "\t" + keyOfLast + "\t" + String.join("\t", tiesOfLast);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Object> place(String cursor) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\t", -1);
            if (!parts[0].equals(sort)) {
                throw DictionaryError.CURSOR_INVALID.because(
                        "the cursor belongs to another order than sort=" + sort + ": start without a cursor");
            }
            if (parts.length == 2 + ties.size()) {
                var place = new ArrayList<Object>();
                place.add(Double.parseDouble(parts[1]));
                for (int i = 2; i < parts.length; i++) {
                    place.add(isTextTie ? parts[i] : Integer.valueOf(parts[i]));
                }
                return place;
            }
        } catch (IllegalArgumentException malformed) {
            throw DictionaryError.CURSOR_INVALID.because("the cursor is none of this list: pass nextCursor unchanged");
        }
        throw DictionaryError.CURSOR_INVALID.because("the cursor is none of this list: pass nextCursor unchanged");
    }
}

package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.api.Page;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Reads pages of the rows that {@link BulkRows} wrote. */
@Component
public class Listings {
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Listings(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    private record Found(String view, double key, List<String> ties) {}

    public <T> Page<T> page(Listing listing, @Nullable String cursor, int limit, Class<T> view) {
        var select = listing.select(cursor, limit);
        var found = jdbc.sql(select.sql())
                .params(select.values())
                .query((row, number) -> {
                    var ties = new ArrayList<String>();
                    for (String tie : listing.ties()) {
                        ties.add(row.getString(tie));
                    }
                    return new Found(row.getString("view"), row.getDouble("sort_key"), ties);
                })
                .list();
        boolean hasMore = found.size() > limit;
        var shown = hasMore ? found.subList(0, limit) : found;
        return new Page<>(
                shown.stream().map(each -> json.readValue(each.view(), view)).toList(),
                hasMore ? listing.cursor(shown.getLast().key(), shown.getLast().ties()) : null);
    }
}

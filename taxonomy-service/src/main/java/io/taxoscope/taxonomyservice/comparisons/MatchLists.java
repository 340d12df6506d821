package io.taxoscope.taxonomyservice.comparisons;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.MatchedLatents;
import io.taxoscope.taxonomyservice.dictionaries.Listing;
import io.taxoscope.taxonomyservice.dictionaries.Listing.Condition;
import io.taxoscope.taxonomyservice.dictionaries.Listings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The matches of a finished comparison, page by page. */
@Component
class MatchLists {
    private final Comparisons comparisons;
    private final Listings listings;

    MatchLists(Comparisons comparisons, Listings listings) {
        this.comparisons = comparisons;
        this.listings = listings;
    }

    Page<MatchedLatents> matches(
            String id,
            MatchedLatents.Sort sort,
            @Nullable Integer first,
            @Nullable Integer second,
            MatchedLatents.@Nullable Relation relation,
            @Nullable String synset,
            @Nullable Double minSimilarity,
            @Nullable String cursor,
            int limit) {
        comparisons.requireFinished(id);
        var where = new ArrayList<Condition>();
        if (first != null) {
            where.add(Condition.of("first = ?", first));
        }
        if (second != null) {
            where.add(Condition.of("second = ?", second));
        }
        if (relation != null) {
            where.add(Condition.of("relation = ?", relation.name()));
        }
        if (synset != null) {
            where.add(Condition.of("(first_synset = ? or second_synset = ?)", synset, synset));
        }
        if (minSimilarity != null) {
            where.add(Condition.of("similarity >= ?", minSimilarity));
        }
        var listing = new Listing(
                "comparison_match", "comparison_id", id, sort.name(), key(sort), List.of("first"), false, where);
        return listings.page(listing, cursor, limit, MatchedLatents.class);
    }

    private static String key(MatchedLatents.Sort sort) {
        return switch (sort) {
            case SIMILARITY -> Listing.descending("similarity");
            case LIN -> Listing.descending("lin");
            case FIRST -> Listing.none();
            case SECOND -> Listing.ascending("second");
        };
    }
}

package io.taxoscope.taxonomyservice.relations;

import static io.taxoscope.taxonomyservice.dictionaries.Listing.ascending;
import static io.taxoscope.taxonomyservice.dictionaries.Listing.descending;
import static io.taxoscope.taxonomyservice.dictionaries.Listing.none;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.RelatedLatent;
import io.taxoscope.api.taxonomy.RelatedPair;
import io.taxoscope.api.taxonomy.RelatedSynset;
import io.taxoscope.taxonomyservice.dictionaries.Listing;
import io.taxoscope.taxonomyservice.dictionaries.Listing.Condition;
import io.taxoscope.taxonomyservice.dictionaries.Listings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The rows of a finished analysis, page by page. */
@Component
class RelationLists {
    private static final String OWNER = "relation_id";

    private final Relations relations;
    private final Listings listings;

    RelationLists(Relations relations, Listings listings) {
        this.relations = relations;
        this.listings = listings;
    }

    Page<RelatedPair> pairs(
            String id,
            RelatedPair.Sort sort,
            @Nullable Boolean isDirect,
            @Nullable Integer latent,
            @Nullable String synset,
            @Nullable String cursor,
            int limit) {
        relations.requireFinished(id);
        var where = new ArrayList<Condition>();
        if (isDirect != null) {
            where.add(Condition.of("is_direct = ?", isDirect));
        }
        if (latent != null) {
            where.add(Condition.of("(parent = ? or child = ?)", latent, latent));
        }
        if (synset != null) {
            where.add(Condition.of("synset = ?", synset));
        }
        var listing = new Listing(
                "relation_pair", OWNER, id, sort.name(), key(sort), List.of("parent", "child"), false, where);
        return listings.page(listing, cursor, limit, RelatedPair.class);
    }

    Page<RelatedSynset> synsets(
            String id, RelatedSynset.Sort sort, @Nullable String synset, @Nullable String cursor, int limit) {
        relations.requireFinished(id);
        List<Condition> where = synset == null ? List.of() : List.of(Condition.of("synset = ?", synset));
        var listing = new Listing("relation_synset", OWNER, id, sort.name(), key(sort), List.of("synset"), true, where);
        return listings.page(listing, cursor, limit, RelatedSynset.class);
    }

    Page<RelatedLatent> latents(
            String id,
            RelatedLatent.Sort sort,
            @Nullable Integer latent,
            @Nullable String synset,
            @Nullable String cursor,
            int limit) {
        relations.requireFinished(id);
        var where = new ArrayList<Condition>();
        if (latent != null) {
            where.add(Condition.of("latent = ?", latent));
        }
        if (synset != null) {
            where.add(Condition.of("synset = ?", synset));
        }
        var listing =
                new Listing("relation_latent", OWNER, id, sort.name(), key(sort), List.of("latent"), false, where);
        return listings.page(listing, cursor, limit, RelatedLatent.class);
    }

    private static String key(RelatedPair.Sort sort) {
        return switch (sort) {
            case PARENT_GIVEN_CHILD -> descending("parent_given_child");
            case CHILD_GIVEN_PARENT -> descending("child_given_parent");
            case LIFT -> descending("lift");
            case COSINE -> descending("cosine");
            case SUPPORT -> descending("n_both");
            case LATENT -> none();
        };
    }

    private static String key(RelatedSynset.Sort sort) {
        return switch (sort) {
            case MATCH -> descending("match");
            case FULL_ABSORPTION -> descending("full_absorption");
            case ABSORPTION_FRACTION -> descending("absorption_fraction");
            case GAP -> descending("gap");
            case POSITIVES -> descending("n_positives");
            case HEIGHT -> descending("height");
            case WNID -> none();
        };
    }

    private static String key(RelatedLatent.Sort sort) {
        return switch (sort) {
            case MONO_SEMANTICITY -> descending("mono_semanticity");
            case HIERARCHICAL_F1 -> descending("hierarchical_f1");
            case SEVERITY -> ascending("severity");
            case GAP -> descending("gap");
            case OR_JACCARD -> descending("or_jaccard");
            case PROTOTYPES -> descending("prototypes");
            case LATENT -> none();
        };
    }
}

package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.api.Page;
import io.taxoscope.api.taxonomy.MarkedSynset;
import io.taxoscope.api.taxonomy.MarkedSynset.Child;
import io.taxoscope.api.taxonomy.MarkedSynset.Mark;
import io.taxoscope.api.taxonomy.ScoredSynset;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomyservice.dictionaries.Listing;
import io.taxoscope.taxonomyservice.dictionaries.Listing.Condition;
import io.taxoscope.taxonomyservice.dictionaries.Listings;
import io.taxoscope.taxonomyservice.dictionaries.Names;
import io.taxoscope.taxonomyservice.scoring.MarkQueries.Marking;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Where in the hierarchy the latents of one scoring stand, counted by the database. */
@Service
class ScoredSynsets {
    /** Best synsets and LCHs of the latents; conditions on the scoring reach the rows within. */
    private static final String STANDS = """
            (select scoring_id, synset collate "C" as synset, n_reaching, n_marking, best_f1,
                jsonb_build_object('wnid', synset, 'nReaching', n_reaching, 'nMarking', n_marking,
                    'bestLatent', best_latent, 'bestF1', best_f1) as view
             from (select scoring_id, synset,
                        count(*) filter (where not is_mark) as n_reaching,
                        count(*) filter (where is_mark) as n_marking,
                        (array_agg(latent order by f1 desc, latent) filter (where is_mark))[1] as best_latent,
                        max(f1) as best_f1
                   from (select scoring_id, lch as synset, false as is_mark, latent, null::float8 as f1
                         from feature where eligible and lch is not null
                         union all
                         select scoring_id, best, true, latent, (best_by -> 'F1' ->> 'f1')::float8
                         from feature where best is not null) as stand
                   group by scoring_id, synset) as counted) as stands""";

    private final Features features;
    private final Listings listings;
    private final MarkQueries marks;

    ScoredSynsets(Features features, Listings listings, MarkQueries marks) {
        this.features = features;
        this.listings = listings;
        this.marks = marks;
    }

    /** A synset without its name, which the hierarchy knows. */
    private record Stand(
            String wnid,
            int nReaching,
            int nMarking,
            @Nullable Integer bestLatent,
            @Nullable Double bestF1) {}

    Page<ScoredSynset> page(
            String id,
            ScoredSynset.Sort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            @Nullable String cursor,
            int limit) {
        var names = names(id);
        var where = new ArrayList<Condition>();
        if (synset != null) {
            where.add(Condition.of("synset = any(?)", (Object) onOrBelow(names.taxonomy(), synset)));
        }
        if (minF1 != null) {
            where.add(Condition.of("best_f1 >= ?", minF1));
        }
        var listing = new Listing(
                STANDS, "scoring_id", id, sort.name(), key(sort), List.of("synset"), true, List.copyOf(where));
        var page = listings.page(listing, cursor, limit, Stand.class);
        return new Page<>(
                page.items().stream().map(stand -> named(stand, names)).toList(), page.nextCursor());
    }

    private static String key(ScoredSynset.Sort sort) {
        return switch (sort) {
            case MARKING -> Listing.descending("n_marking");
            case REACHING -> Listing.descending("n_reaching");
            case F1 -> Listing.descending("best_f1");
            case WNID -> Listing.none();
        };
    }

    private static ScoredSynset named(Stand stand, Names names) {
        return new ScoredSynset(
                stand.wnid(),
                names.of(names.taxonomy().node(SynsetId.of(stand.wnid()))).name(),
                stand.nReaching(),
                stand.nMarking(),
                stand.bestLatent(),
                stand.bestF1());
    }

    private static String[] onOrBelow(Taxonomy taxonomy, String synset) {
        return ids(taxonomy, taxonomy.dag().downwards(taxonomy.node(SynsetId.of(synset)), Integer.MAX_VALUE));
    }

    private static String[] ids(Taxonomy taxonomy, int... nodes) {
        return IntStream.of(nodes).mapToObj(node -> taxonomy.id(node).value()).toArray(String[]::new);
    }

    MarkedSynset find(String id, String wnid, int limit) {
        var names = names(id);
        var taxonomy = names.taxonomy();
        int node = taxonomy.node(SynsetId.of(wnid));
        int[] children = taxonomy.dag().children(node);
        var parts = new ArrayList<String[]>();
        parts.add(ids(taxonomy, node));
        for (int child : children) {
            parts.add(onOrBelow(taxonomy, taxonomy.id(child).value()));
        }
        var found = marks.best(id, parts, limit);
        return new MarkedSynset(
                wnid,
                names.of(node).name(),
                found.getFirst().count(),
                views(found.getFirst(), names),
                IntStream.range(0, children.length)
                        .mapToObj(at -> child(names, children[at], found.get(at + 1)))
                        .toList());
    }

    private static Child child(Names names, int node, Marking marking) {
        var name = names.of(node);
        return new Child(name.wnid(), name.name(), marking.count(), views(marking, names));
    }

    private static List<Mark> views(Marking marking, Names names) {
        return marking.best().stream()
                .map(mark -> new Mark(
                        mark.latent(),
                        mark.synset(),
                        names.of(names.taxonomy().node(SynsetId.of(mark.synset())))
                                .name(),
                        mark.f1()))
                .toList();
    }

    /** The part of the scoring's hierarchy above its classes, with names. */
    private Names names(String id) {
        var size = features.size(id);
        var classes = LabelledDataset.classes(size.labels()).stream()
                .map(SynsetId::of)
                .toList();
        return new Names(Taxonomy.over(size.hierarchy().dag(), classes), size.hierarchy());
    }
}

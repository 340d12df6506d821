package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.RelatedLatent;
import io.taxoscope.api.taxonomy.RelatedPair;
import io.taxoscope.api.taxonomy.RelatedSynset;
import io.taxoscope.api.taxonomy.SynsetName;
import io.taxoscope.taxonomyservice.dictionaries.BulkRows;
import io.taxoscope.taxonomyservice.dictionaries.BulkRows.RowKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes the rows of an analysis, within the transaction that ends its job. */
@Component
class RelationRows {
    private static final String OWNER = "relation_id";

    private final BulkRows rows;

    RelationRows(BulkRows rows) {
        this.rows = rows;
    }

    void replacePairs(String id, List<RelatedPair> pairs) {
        rows.replace(
                "relation_pair",
                OWNER,
                id,
                "parent, child, is_direct, synset, n_both, parent_given_child, child_given_parent, lift, cosine",
                pairs,
                pair -> new RowKey()
                        .add(pair.parent())
                        .add(pair.child())
                        .add(pair.isDirect())
                        .add(pair.parentSynset().wnid())
                        .add(pair.nBoth())
                        .add(pair.parentGivenChild())
                        .add(pair.childGivenParent())
                        .add(pair.lift())
                        .add(pair.cosine()));
    }

    void replaceSynsets(String id, List<RelatedSynset> synsets) {
        rows.replace(
                "relation_synset",
                OWNER,
                id,
                "synset, height, n_positives, match, full_absorption, absorption_fraction, gap",
                synsets,
                synset -> {
                    var match = synset.match();
                    var absorption = synset.absorption();
                    var holes = synset.holes();
                    return new RowKey()
                            .add(synset.synset().wnid())
                            .add(synset.height())
                            .add(synset.nPositives())
                            .add(match == null ? null : match.score())
                            .add(absorption == null ? null : absorption.full())
                            .add(absorption == null ? null : absorption.fraction())
                            .add(holes == null ? null : holes.gap());
                });
    }

    void replaceLatents(String id, List<RelatedLatent> latents) {
        rows.replace(
                "relation_latent",
                OWNER,
                id,
                "latent, synset, mono_semanticity, hierarchical_f1, severity, gap, or_jaccard, prototypes",
                latents,
                latent -> new RowKey()
                        .add(latent.latent())
                        .add(wnid(latent.synset()))
                        .add(latent.monoSemanticity())
                        .add(latent.hierarchicalF1())
                        .add(latent.severity())
                        .add(latent.gap())
                        .add(latent.orJaccard())
                        .add(latent.prototypeSimilarity()));
    }

    private static @Nullable String wnid(@Nullable SynsetName synset) {
        return synset == null ? null : synset.wnid();
    }
}

package io.taxoscope.taxonomyservice.relations;

import io.taxoscope.api.taxonomy.RelatedLatent;
import io.taxoscope.api.taxonomy.RelatedPair;
import io.taxoscope.api.taxonomy.RelatedSynset;
import io.taxoscope.taxonomy.relations.RelationResult;
import io.taxoscope.taxonomyservice.dictionaries.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of an analysis as the contract shows them. */
record RelationViews(Names names) {
    RelatedPair pair(RelationResult.Pair pair) {
        return new RelatedPair(
                pair.parent(),
                pair.child(),
                names.of(pair.parentNode()),
                names.of(pair.childNode()),
                pair.isDirect(),
                pair.nParent(),
                pair.nChild(),
                pair.nBoth(),
                pair.parentGivenChild(),
                pair.childGivenParent(),
                pair.lift(),
                pair.cosine(),
                pair.stepCosine(),
                pair.whitenedCosine(),
                pair.whitenedStepCosine());
    }

    RelatedSynset synset(RelationResult.Synset synset) {
        var taxonomy = names.taxonomy();
        return new RelatedSynset(
                names.of(synset.node()),
                taxonomy.height(synset.node()),
                taxonomy.classesBelow(synset.node()).length,
                synset.nPositives(),
                match(synset.match()),
                absorption(synset.absorption()),
                holes(synset.holes()));
    }

    RelatedLatent latent(RelationResult.Latent latent) {
        Integer node = latent.node();
        var holes = latent.holes();
        return new RelatedLatent(
                latent.latent(),
                latent.nActive(),
                node == null ? null : names.of(node),
                latent.f1(),
                latent.hierarchicalPrecision(),
                latent.hierarchicalRecall(),
                latent.hierarchicalF1(),
                latent.severity(),
                latent.children(),
                latent.orHamming(),
                latent.orJaccard(),
                holes == null ? null : holes.gap(),
                holes == null ? null : holes.share(),
                holes == null ? List.of() : names.of(holes.holes()),
                latent.monoSemanticity(),
                latent.prototypeSimilarity());
    }

    private static RelatedSynset.@Nullable Match match(RelationResult.@Nullable Match match) {
        return match == null
                ? null
                : new RelatedSynset.Match(match.latents(), match.precision(), match.recall(), match.score());
    }

    private static RelatedSynset.@Nullable Absorption absorption(RelationResult.@Nullable Absorption absorption) {
        return absorption == null
                ? null
                : new RelatedSynset.Absorption(
                        absorption.mainLatents(),
                        absorption.nTruePositives(),
                        absorption.probeF1(),
                        absorption.full(),
                        absorption.fraction());
    }

    private RelatedSynset.@Nullable HoleProfile holes(RelationResult.@Nullable HoleProfile holes) {
        return holes == null
                ? null
                : new RelatedSynset.HoleProfile(
                        holes.latent(), holes.recall(), holes.gap(), holes.share(), names.of(holes.holes()));
    }
}

package io.taxoscope.taxonomyservice.comparisons;

import static io.taxoscope.taxonomyservice.dictionaries.ControlledMeans.view;
import static io.taxoscope.taxonomyservice.dictionaries.ControlledMeans.viewOrNull;

import io.taxoscope.api.taxonomy.ComparisonConfig;
import io.taxoscope.api.taxonomy.ComparisonReport;
import io.taxoscope.api.taxonomy.MatchedLatents;
import io.taxoscope.api.taxonomy.MatchedLatents.Relation;
import io.taxoscope.api.taxonomy.SynsetName;
import io.taxoscope.taxonomy.relations.Assignment;
import io.taxoscope.taxonomy.relations.ComparisonResult;
import io.taxoscope.taxonomy.relations.ComparisonResult.Match;
import io.taxoscope.taxonomyservice.dictionaries.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A comparison's numbers and rows as the contract shows them. */
record ComparisonViews(Names names, Assignment first, Assignment second) {
    ComparisonReport report(ComparisonResult result, ComparisonConfig config) {
        return new ComparisonReport(
                result.nExamples(),
                result.nFirst(),
                result.nSecond(),
                result.matches().size(),
                view(result.similarity()),
                viewOrNull(result.phi()),
                viewOrNull(result.reciprocal()),
                result.nAssigned(),
                view(result.same()),
                view(result.related()),
                view(result.lin()),
                notes(result, config));
    }

    MatchedLatents match(Match match) {
        var relation = match.relation();
        return new MatchedLatents(
                match.first(),
                match.second(),
                match.similarity(),
                match.phi(),
                match.isReciprocal(),
                match.nFirst(),
                match.nSecond(),
                match.nBoth(),
                synset(first, match.first()),
                synset(second, match.second()),
                f1(first, match.first()),
                f1(second, match.second()),
                relation == null ? null : Relation.valueOf(relation.name()),
                match.lin());
    }

    private static List<String> notes(ComparisonResult result, ComparisonConfig config) {
        var notes = new ArrayList<String>();
        if (result.matches().isEmpty()) {
            notes.add("no latents are matched: " + result.nFirst() + " of the first side and " + result.nSecond()
                    + " of the second fire on " + config.minSupport() + " examples (minSupport)");
        } else if (result.nAssigned() == 0) {
            notes.add("no match has a synset at either end whose held-out F1 reaches " + config.minF1() + " (minF1)");
        }
        return notes;
    }

    private @Nullable SynsetName synset(Assignment assignment, int latent) {
        return assignment.stands(latent) ? names.of(assignment.node(latent)) : null;
    }

    private static @Nullable Double f1(Assignment assignment, int latent) {
        return assignment.stands(latent) ? assignment.f1(latent) : null;
    }
}

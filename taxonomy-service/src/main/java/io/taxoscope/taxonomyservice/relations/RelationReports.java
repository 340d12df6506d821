package io.taxoscope.taxonomyservice.relations;

import static io.taxoscope.taxonomyservice.dictionaries.ControlledMeans.view;
import static io.taxoscope.taxonomyservice.dictionaries.ControlledMeans.viewOrNull;

import io.taxoscope.api.taxonomy.RelationReport;
import io.taxoscope.api.taxonomy.RelationReport.Encoder;
import io.taxoscope.taxonomy.relations.RelationResult;
import io.taxoscope.taxonomy.relations.RelationResult.Summary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer's numbers as the contract shows them. */
final class RelationReports {
    private RelationReports() {}

    /** @param notes on inputs, before those on numbers */
    static RelationReport of(Summary summary, @Nullable Encoder encoder, List<String> notes) {
        var all = new ArrayList<>(notes);
        all.addAll(summary.notes());
        return new RelationReport(
                summary.nLatents(),
                summary.nExamples(),
                summary.nReported(),
                summary.nAssigned(),
                summary.nSynsets(),
                implication(summary.kinship()),
                new RelationReport.Holes(
                        view(summary.holes().gap()),
                        view(summary.holes().share()),
                        summary.holes().nWithHoles()),
                new RelationReport.Matching(view(summary.matchScore())),
                hierarchical(summary.predictions()),
                absorption(summary.absorbed()),
                mono(summary.mono(), encoder),
                prototypes(summary.alike(), encoder),
                geometry(summary.angles()),
                all);
    }

    private static RelationReport.Implication implication(RelationResult.Kinship kinship) {
        return new RelationReport.Implication(
                kinship.nPairs(),
                kinship.nDirect(),
                view(kinship.parentGivenChild()),
                view(kinship.childGivenParent()),
                view(kinship.lift()),
                view(kinship.orHamming()),
                view(kinship.orJaccard()));
    }

    private static RelationReport.Hierarchical hierarchical(RelationResult.Predictions predictions) {
        return new RelationReport.Hierarchical(
                predictions.n(),
                predictions.precision(),
                predictions.recall(),
                predictions.f1(),
                predictions.chancePrecision(),
                predictions.chanceRecall(),
                predictions.chanceF1(),
                predictions.severity(),
                predictions.chanceSeverity(),
                predictions.errorRate(),
                predictions.chanceErrorRate());
    }

    private static RelationReport.@Nullable Absorption absorption(RelationResult.@Nullable Absorbed absorbed) {
        return absorbed == null
                ? null
                : new RelationReport.Absorption(
                        view(absorbed.full()), view(absorbed.fraction()), absorbed.splitLatents(), absorbed.probeF1());
    }

    private static RelationReport.@Nullable MonoSemanticity mono(
            RelationResult.@Nullable Mono mono, @Nullable Encoder encoder) {
        return mono == null || encoder == null
                ? null
                : new RelationReport.MonoSemanticity(encoder, view(mono.value()), mono.sd(), mono.min(), mono.max());
    }

    private static RelationReport.@Nullable Prototypes prototypes(
            RelationResult.@Nullable Alike alike, @Nullable Encoder encoder) {
        return alike == null || encoder == null
                ? null
                : new RelationReport.Prototypes(encoder, view(alike.value()), alike.median());
    }

    private static RelationReport.@Nullable Geometry geometry(RelationResult.@Nullable Angles angles) {
        if (angles == null) {
            return null;
        }
        var distances = angles.distances();
        return new RelationReport.Geometry(
                view(angles.child()),
                view(angles.step()),
                viewOrNull(angles.whitenedChild()),
                viewOrNull(angles.whitenedStep()),
                distances == null
                        ? null
                        : new RelationReport.RankCorrelation(
                                distances.nPairs(),
                                distances.spearman(),
                                distances.shuffled(),
                                distances.shuffledSd()));
    }
}

package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.HierarchicalScores.Sums;
import io.taxoscope.taxonomy.relations.RelationResult.HoleProfile;
import io.taxoscope.taxonomy.relations.RelationResult.Latent;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One row for each latent that fires anywhere. */
final class LatentRows {
    private final RelationInputs inputs;
    private final FiringSets report;
    private final KinshipTables kinship;
    private final HierarchicalScores.Scores predictions;
    private final Map<Integer, HoleProfile> holes;
    private final double @Nullable [] mono;
    private final Map<Integer, Double> likeness;

    LatentRows(
            RelationInputs inputs,
            FiringSets report,
            KinshipTables kinship,
            HierarchicalScores.Scores predictions,
            Map<Integer, HoleProfile> holes,
            double @Nullable [] mono,
            Map<Integer, Double> likeness) {
        this.inputs = inputs;
        this.report = report;
        this.kinship = kinship;
        this.predictions = predictions;
        this.holes = holes;
        this.mono = mono;
        this.likeness = likeness;
    }

    List<Latent> rows() {
        return IntStream.range(0, report.nLatents())
                .filter(latent -> inputs.firings().byLatent().count(latent) > 0)
                .mapToObj(this::row)
                .toList();
    }

    private Latent row(int latent) {
        boolean stands = inputs.assignment().stands(latent);
        var sums = predictions.latents().getOrDefault(latent, Sums.NONE);
        var union = kinship.unions().get(latent);
        return new Latent(
                latent,
                report.count(latent),
                stands ? inputs.assignment().node(latent) : null,
                stands ? inputs.assignment().f1(latent) : null,
                sums.precision(),
                sums.recall(),
                sums.f1(),
                sums.severity(),
                kinship.children(latent),
                union == null ? null : union.hamming(),
                union == null ? null : union.jaccard(),
                holes.get(latent),
                mono == null || Double.isNaN(mono[latent]) ? null : mono[latent],
                likeness.get(latent));
    }
}

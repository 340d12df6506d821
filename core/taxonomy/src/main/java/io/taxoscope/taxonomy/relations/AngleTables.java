package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Family.Link;
import io.taxoscope.taxonomy.relations.Family.Parent;
import io.taxoscope.taxonomy.relations.RelationAnalysis.Controls;
import io.taxoscope.taxonomy.relations.RelationResult.Angles;
import io.taxoscope.taxonomy.relations.RelationResult.Distances;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Angles between the directions of parents and children: rows, means and controls; nothing without directions. */
final class AngleTables {
    private final RelationInputs inputs;
    private final RelationSpec spec;
    private final @Nullable Geometry plain;
    private final @Nullable Geometry whitened;

    AngleTables(RelationInputs inputs, RelationSpec spec, @Nullable Covariance covariance) {
        var directions = inputs.directions();
        this.inputs = inputs;
        this.spec = spec;
        this.plain = directions == null ? null : Geometry.plain(directions);
        this.whitened = directions == null || covariance == null
                ? null
                : Geometry.whitened(directions, Whitening.of(covariance));
    }

    Geometry.@Nullable Angles plain(Link link) {
        return plain == null ? null : plain.angles(link.parent(), link.child());
    }

    Geometry.@Nullable Angles whitened(Link link) {
        return whitened == null ? null : whitened.angles(link.parent(), link.child());
    }

    @Nullable Angles summary(Family family, StandIns standIns, Controls controls) {
        if (plain == null) {
            return null;
        }
        List<List<Parent>> drawn = standIns.suffice() && !family.parents().isEmpty()
                ? IntStream.range(0, spec.controlDraws())
                        .mapToObj(draw -> standIns.draw(family.parents(), Seeded.STAND_INS.stream(spec.seed(), draw)))
                        .toList()
                : List.of();
        return new Angles(
                mean(plain, Geometry.Angles::child, family, drawn, controls),
                mean(plain, Geometry.Angles::step, family, drawn, controls),
                whitened == null ? null : mean(whitened, Geometry.Angles::child, family, drawn, controls),
                whitened == null ? null : mean(whitened, Geometry.Angles::step, family, drawn, controls),
                distances(plain));
    }

    private static ControlledMean mean(
            Geometry geometry,
            ToDoubleFunction<Geometry.Angles> angle,
            Family family,
            List<List<Parent>> drawn,
            Controls controls) {
        double[] real = family.parents().stream()
                .flatMapToDouble(parent -> parent.children().stream()
                        .mapToDouble(child -> angle.applyAsDouble(geometry.angles(parent.latent(), child))))
                .toArray();
        double[] draws = drawn.stream()
                .parallel()
                .mapToDouble(parents -> angle.applyAsDouble(geometry.means(parents)))
                .toArray();
        return controls.mean(real, draws);
    }

    private @Nullable Distances distances(Geometry geometry) {
        var found = new DistanceCorrelation(inputs.labels().taxonomy(), geometry, inputs.assignment(), spec).measure();
        return found == null
                ? null
                : new Distances(found.nPairs(), found.spearman(), found.shuffled(), found.shuffledSd());
    }
}

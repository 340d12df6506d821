package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.relations.CoActivation.Partner;
import io.taxoscope.taxonomy.relations.ComparisonResult.Match;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Looks for the latents of one scored dictionary, and for their synsets, in another over the same examples. */
public final class DictionaryComparison {
    /** Latents a side that directions can match; the cosines take 8 bytes for each pair, 512 MiB at most. */
    public static final int MOST_MATCHED = 8192;

    private final ComparedSide first;
    private final ComparedSide second;
    private final ComparisonSpec spec;
    private final int[] ofFirst;
    private final int[] ofSecond;
    private final SynsetAgreement agreement;

    public DictionaryComparison(Taxonomy taxonomy, ComparedSide first, ComparedSide second, ComparisonSpec spec) {
        if (first.firings().nExamples() != second.firings().nExamples()) {
            throw new IllegalArgumentException("two sides over different examples");
        }
        this.first = first;
        this.second = second;
        this.spec = spec;
        this.ofFirst = first.taking(spec.minSupport());
        this.ofSecond = second.taking(spec.minSupport());
        this.agreement = new SynsetAgreement(taxonomy);
    }

    /** Matches by direction, one to one. */
    public ComparisonResult bySeeds(Directions directions, Directions others, Progress progress) {
        if (Math.max(ofFirst.length, ofSecond.length) > MOST_MATCHED) {
            throw new IllegalArgumentException("more than " + MOST_MATCHED + " latents to match");
        }
        progress.expect(2L * Math.min(ofFirst.length, ofSecond.length));
        var matching = new DecoderMatching(directions, ofFirst, others, ofSecond, progress::step);
        int[] placeOf = matching.match();
        var matches = new ArrayList<Match>();
        for (int place = 0; place < placeOf.length; place++) {
            if (placeOf[place] >= 0) {
                int a = ofFirst[place];
                int b = ofSecond[placeOf[place]];
                matches.add(match(a, b, matching.cosine(place, placeOf[place]), null, null, together(a, b)));
            }
        }
        return result(matches, new double[] {meanCosine(matching.dealt(spec.seed()))}, null, null);
    }

    /** Matches each latent with the one that fires most on the same examples. */
    public ComparisonResult byCoActivation(Progress progress) {
        progress.expect(1L + spec.costlyDraws());
        var found = Partners.of(this, IntUnaryOperator.identity(), IntUnaryOperator.identity());
        progress.step();
        var matches = new ArrayList<Match>();
        for (int place = 0; place < ofFirst.length; place++) {
            Partner partner = found.forward[place];
            if (partner.latent() >= 0) {
                matches.add(match(
                        ofFirst[place],
                        partner.latent(),
                        partner.jaccard(),
                        partner.phi(),
                        found.isReciprocal(place),
                        partner.nBoth()));
            }
        }
        double[][] draws = new double[3][spec.costlyDraws()];
        for (int draw = 0; draw < spec.costlyDraws(); draw++) {
            var dealt = dealt(draw);
            draws[0][draw] = dealt.mean(Partner::jaccard);
            draws[1][draw] = dealt.mean(Partner::phi);
            draws[2][draw] = dealt.reciprocalShare();
            progress.step();
        }
        return result(
                matches,
                draws[0],
                spec.mean(column(matches, Match::phi), draws[1]),
                spec.mean(column(matches, match -> Boolean.TRUE.equals(match.isReciprocal()) ? 1.0 : 0.0), draws[2]));
    }

    private Partners dealt(int draw) {
        int[] rowOf = IntStream.range(0, first.firings().nExamples()).toArray();
        Seeded.shuffle(rowOf, Seeded.DEALT_EXAMPLES.stream(spec.seed(), draw));
        int[] exampleOf = new int[rowOf.length];
        Arrays.setAll(exampleOf, i -> i);
        for (int i = 0; i < rowOf.length; i++) {
            exampleOf[rowOf[i]] = i;
        }
        return Partners.of(this, example -> rowOf[example], row -> exampleOf[row]);
    }

    private ComparisonResult result(
            List<Match> matches,
            double[] drawnSimilarity,
            @Nullable ControlledMean phi,
            @Nullable ControlledMean reciprocal) {
        matches.stream()
                .filter(match -> match.relation() != null)
                .forEach(match -> agreement.add(
                        first.assignment().node(match.first()),
                        second.assignment().node(match.second())));
        return new ComparisonResult(
                first.firings().nExamples(),
                ofFirst.length,
                ofSecond.length,
                spec.mean(column(matches, Match::similarity), drawnSimilarity),
                phi,
                reciprocal,
                agreement.size(),
                agreement.same(spec),
                agreement.related(spec),
                agreement.lin(spec),
                List.copyOf(matches));
    }

    private Match match(
            int a, int b, double similarity, @Nullable Double phi, @Nullable Boolean isReciprocal, int nBoth) {
        boolean bothStand = first.assignment().stands(a) && second.assignment().stands(b);
        int nodeOfA = first.assignment().node(a);
        int nodeOfB = second.assignment().node(b);
        return new Match(
                a,
                b,
                similarity,
                phi,
                isReciprocal,
                first.firings().byLatent().count(a),
                second.firings().byLatent().count(b),
                nBoth,
                bothStand ? agreement.relation(nodeOfA, nodeOfB) : null,
                bothStand ? agreement.lin(nodeOfA, nodeOfB) : null);
    }

    private int together(int a, int b) {
        var columns = first.firings().byLatent();
        var fires = new BitSet(first.firings().nExamples());
        for (int at = columns.begin(a); at < columns.end(a); at++) {
            fires.set(columns.index(at));
        }
        var others = second.firings().byLatent();
        int both = 0;
        for (int at = others.begin(b); at < others.end(b); at++) {
            both += fires.get(others.index(at)) ? 1 : 0;
        }
        return both;
    }

    private static double meanCosine(DecoderMatching matching) {
        int[] placeOf = matching.match();
        return IntStream.range(0, placeOf.length)
                .filter(place -> placeOf[place] >= 0)
                .mapToDouble(place -> matching.cosine(place, placeOf[place]))
                .average()
                .orElse(Double.NaN);
    }

    private static double[] column(List<Match> matches, Function<Match, @Nullable Double> column) {
        return matches.stream()
                .map(column)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Best partners in both directions under one pairing of the examples. */
    private static final class Partners {
        private final Partner[] forward;
        private final int[] firstPlaces;
        /** The first side's latent that each of the second's prefers; -1 for none. */
        private final int[] preferredBy;

        private Partners(Partner[] forward, int[] firstPlaces, int[] preferredBy) {
            this.forward = forward;
            this.firstPlaces = firstPlaces;
            this.preferredBy = preferredBy;
        }

        static Partners of(DictionaryComparison of, IntUnaryOperator rowOf, IntUnaryOperator exampleOf) {
            var a = of.first.firings();
            var b = of.second.firings();
            var forward = new CoActivation(a, of.ofFirst, b, of.ofSecond, rowOf).partners();
            var backward = new CoActivation(b, of.ofSecond, a, of.ofFirst, exampleOf).partners();
            int[] preferredBy = new int[b.nLatents()];
            Arrays.fill(preferredBy, -1);
            for (int place = 0; place < backward.length; place++) {
                preferredBy[of.ofSecond[place]] = backward[place].latent();
            }
            return new Partners(forward, of.ofFirst, preferredBy);
        }

        boolean isReciprocal(int place) {
            return preferredBy[forward[place].latent()] == firstPlaces[place];
        }

        double mean(Function<Partner, Double> score) {
            return Arrays.stream(forward)
                    .filter(partner -> partner.latent() >= 0)
                    .mapToDouble(score::apply)
                    .average()
                    .orElse(Double.NaN);
        }

        double reciprocalShare() {
            return IntStream.range(0, forward.length)
                    .filter(place -> forward[place].latent() >= 0)
                    .mapToDouble(place -> isReciprocal(place) ? 1 : 0)
                    .average()
                    .orElse(Double.NaN);
        }
    }
}

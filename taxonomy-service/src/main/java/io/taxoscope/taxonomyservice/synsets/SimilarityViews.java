package io.taxoscope.taxonomyservice.synsets;

import io.taxoscope.api.taxonomy.SimilarityMeasure;
import io.taxoscope.api.taxonomy.SimilarityView;
import io.taxoscope.taxonomy.Similarities;
import io.taxoscope.taxonomy.SynsetId;
import io.taxoscope.taxonomyservice.synsets.PreparedTaxonomies.Prepared;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Similarities as the contract shows them: JSON has no infinity, and a guess is worse than no value. */
final class SimilarityViews {
    private SimilarityViews() {}

    static SimilarityView view(Prepared in, Similarities similarities, String a, String b) {
        int first = in.hierarchy().node(SynsetId.of(a));
        int second = in.hierarchy().node(SynsetId.of(b));
        return new SimilarityView(
                a,
                b,
                similarities.path(first, second),
                similarities.leacockChodorow(first, second),
                similarities.wuPalmer(first, second),
                similarities.wuPalmerNltk(first, second),
                value(similarities, SimilarityMeasure.RESNIK, first, second),
                value(similarities, SimilarityMeasure.LIN, first, second),
                value(similarities, SimilarityMeasure.JIANG_CONRATH, first, second));
    }

    static @Nullable Double value(Similarities similarities, SimilarityMeasure measure, int a, int b) {
        return switch (measure) {
            case PATH -> similarities.path(a, b);
            case LEACOCK_CHODOROW -> similarities.leacockChodorow(a, b);
            case WU_PALMER -> similarities.wuPalmer(a, b);
            case WU_PALMER_NLTK -> similarities.wuPalmerNltk(a, b);
            case RESNIK -> finite(similarities.resnik(a, b));
            case LIN -> areKnown(similarities, a, b) ? finite(similarities.lin(a, b)) : null;
            case JIANG_CONRATH -> areKnown(similarities, a, b) ? finite(similarities.jiangConrath(a, b)) : null;
        };
    }

    static List<List<@Nullable Double>> matrix(Similarities similarities, SimilarityMeasure measure, int[] nodes) {
        var rows = new ArrayList<List<@Nullable Double>>();
        for (int a : nodes) {
            var row = new ArrayList<@Nullable Double>();
            for (int b : nodes) {
                row.add(value(similarities, measure, a, b));
            }
            rows.add(row);
        }
        return rows;
    }

    private static boolean areKnown(Similarities similarities, int a, int b) {
        return Double.isFinite(similarities.informationContent(a))
                && Double.isFinite(similarities.informationContent(b));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}

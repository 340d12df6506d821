package io.taxoscope.gateway.results;

import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.api.taxonomy.FeatureView.Placement;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of an export, in their order; an absent value is empty, or left out. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to record components
enum FeatureColumn {
    LAYER(Type.TEXT, Row::layer),
    LATENT(Type.INT, row -> row.scores().latent()),
    ELIGIBLE(Type.BOOLEAN, row -> row.scores().eligible()),
    N_ACTIVE(Type.LONG, row -> row.scores().nActive()),
    DENSITY(Type.DOUBLE, row -> row.scores().density()),
    MAX_ACTIVATION(Type.DOUBLE, row -> row.scores().maxActivation()),
    LCH_WNID(Type.TEXT, of(FeatureView::lch, Placement::wnid)),
    LCH_NAME(Type.TEXT, of(FeatureView::lch, Placement::name)),
    LCH_HEIGHT(Type.INT, of(FeatureView::lch, Placement::height)),
    LCH_N_CLASSES(Type.INT, of(FeatureView::lch, Placement::nClasses)),
    ROBUST_LCH_WNID(Type.TEXT, of(FeatureView::robustLch, Placement::wnid)),
    ROBUST_LCH_NAME(Type.TEXT, of(FeatureView::robustLch, Placement::name)),
    ROBUST_LCH_HEIGHT(Type.INT, of(FeatureView::robustLch, Placement::height)),
    ROBUST_LCH_N_CLASSES(Type.INT, of(FeatureView::robustLch, Placement::nClasses)),
    BEST_WNID(Type.TEXT, of(FeatureView::best, BestSynset::wnid)),
    BEST_NAME(Type.TEXT, of(FeatureView::best, BestSynset::name)),
    BEST_HEIGHT(Type.INT, of(FeatureView::best, BestSynset::height)),
    BEST_N_CLASSES(Type.INT, of(FeatureView::best, BestSynset::nClasses)),
    BEST_PRECISION(Type.DOUBLE, of(FeatureView::best, BestSynset::precision)),
    BEST_RECALL(Type.DOUBLE, of(FeatureView::best, BestSynset::recall)),
    BEST_F1(Type.DOUBLE, of(FeatureView::best, BestSynset::f1)),
    BEST_LIFT(Type.DOUBLE, of(FeatureView::best, BestSynset::lift)),
    CLASS_ENTROPY(Type.DOUBLE, row -> row.scores().classEntropy()),
    NORMALISED_ENTROPY(Type.DOUBLE, row -> row.scores().normalisedEntropy());

    enum Type {
        TEXT,
        INT,
        LONG,
        DOUBLE,
        BOOLEAN
    }

    /** One line of an export. */
    record Row(String layer, FeatureView scores) {}

    private final Type type;
    private final Function<Row, @Nullable Object> value;

    FeatureColumn(Type type, Function<Row, @Nullable Object> value) {
        this.type = type;
        this.value = value;
    }

    /** As it stands in the export's header. */
    String header() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    Type type() {
        return type;
    }

    @Nullable Object of(Row row) {
        return value.apply(row);
    }

    private static <P> Function<Row, @Nullable Object> of(
            Function<FeatureView, @Nullable P> part, Function<P, Object> field) {
        return row -> {
            P present = part.apply(row.scores());
            return present == null ? null : field.apply(present);
        };
    }
}

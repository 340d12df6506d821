package io.taxoscope.gateway.results;

import io.taxoscope.api.taxonomy.Criterion;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.FeatureView.BestSynset;
import io.taxoscope.api.taxonomy.FeatureView.Placement;
import io.taxoscope.api.taxonomy.ScoreName;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of an export, in their order; an absent value is empty, or left out. */
@SuppressWarnings("ImmutableEnumChecker") // the functions are references to record components
enum FeatureColumn {
    LAYER(Type.TEXT, Row::layer),
    VARIANT(Type.TEXT, row -> row.dictionary().variant().name()),
    /** Of the training, for checkpoints. */
    STEP(Type.INT, row -> row.dictionary().step()),
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
    CLASS_ENTROPY(Type.DOUBLE, row -> row.scores().value(ScoreName.ENTROPY)),
    NORMALISED_ENTROPY(Type.DOUBLE, row -> row.scores().value(ScoreName.NORMALISED_ENTROPY)),
    EFFECTIVE_CLASSES(ScoreName.EFFECTIVE_CLASSES),
    LCH_NORMALISED_HEIGHT(ScoreName.LCH_NORMALISED_HEIGHT),
    LCH_SHORTEST_HEIGHT(ScoreName.LCH_SHORTEST_HEIGHT),
    LCH_DEPTH(ScoreName.LCH_DEPTH),
    CLASS_PURITY(ScoreName.CLASS_PURITY),
    LIN_COHERENCE(ScoreName.LIN_COHERENCE),
    WU_PALMER_COHERENCE(ScoreName.WU_PALMER_COHERENCE),
    LIN_CLASS_COHERENCE(ScoreName.LIN_CLASS_COHERENCE),
    WU_PALMER_CLASS_COHERENCE(ScoreName.WU_PALMER_CLASS_COHERENCE),
    BEST_MCC(Type.DOUBLE, of(FeatureView::best, BestSynset::mcc)),
    BEST_AP(Type.DOUBLE, of(FeatureView::best, BestSynset::ap)),
    BEST_AUROC(Type.DOUBLE, of(FeatureView::best, BestSynset::auroc)),
    BEST_PURITY(Type.DOUBLE, of(FeatureView::best, BestSynset::purity)),
    BEST_P_VALUE(Type.DOUBLE, of(FeatureView::best, BestSynset::pValue)),
    BEST_Q_VALUE(Type.DOUBLE, of(FeatureView::best, BestSynset::qValue)),
    AP_WNID(Type.TEXT, by(Criterion.AP, BestSynset::wnid)),
    AP_NAME(Type.TEXT, by(Criterion.AP, BestSynset::name)),
    AP(ScoreName.AP),
    AP_Q_VALUE(Type.DOUBLE, by(Criterion.AP, BestSynset::qValue)),
    AUROC_WNID(Type.TEXT, by(Criterion.AUROC, BestSynset::wnid)),
    AUROC_NAME(Type.TEXT, by(Criterion.AUROC, BestSynset::name)),
    AUROC(ScoreName.AUROC),
    AUROC_Q_VALUE(Type.DOUBLE, by(Criterion.AUROC, BestSynset::qValue)),
    MCC_WNID(Type.TEXT, by(Criterion.MCC, BestSynset::wnid)),
    MCC_NAME(Type.TEXT, by(Criterion.MCC, BestSynset::name)),
    MCC(ScoreName.MCC),
    MCC_Q_VALUE(Type.DOUBLE, by(Criterion.MCC, BestSynset::qValue)),
    LIFT_WNID(Type.TEXT, by(Criterion.LIFT, BestSynset::wnid)),
    LIFT_NAME(Type.TEXT, by(Criterion.LIFT, BestSynset::name)),
    LIFT(ScoreName.LIFT),
    LIFT_Q_VALUE(Type.DOUBLE, by(Criterion.LIFT, BestSynset::qValue));

    enum Type {
        TEXT,
        INT,
        LONG,
        DOUBLE,
        BOOLEAN
    }

    /** One line of an export. */
    record Row(String layer, Dictionary dictionary, FeatureView scores) {}

    private final Type type;
    private final Function<Row, @Nullable Object> value;

    FeatureColumn(Type type, Function<Row, @Nullable Object> value) {
        this.type = type;
        this.value = value;
    }

    FeatureColumn(ScoreName score) {
        this(Type.DOUBLE, row -> row.scores().value(score));
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

    private static Function<Row, @Nullable Object> by(Criterion criterion, Function<BestSynset, Object> field) {
        return of(scores -> scores.bestBy().get(criterion), field);
    }

    private static <P> Function<Row, @Nullable Object> of(
            Function<FeatureView, @Nullable P> part, Function<P, Object> field) {
        return row -> {
            P present = part.apply(row.scores());
            return present == null ? null : field.apply(present);
        };
    }
}

package io.taxoscope.sae.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Standardiser;
import io.taxoscope.sae.kernel.Kernel;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Activations that trainings share: each is read, checked, centred and shuffled once, however many SAEs learn from
 * it. An SAE gets the same bits as if it were alone, since nothing here depends on the others. One thread uses it.
 */
public final class TrainingData {
    /** Examples that the geometric median is taken over. */
    private static final int MEDIAN_EXAMPLES = 16_384;

    private final ActivationSource source;
    private final Kernel kernel;
    private final Map<Long, float[]> medians = new HashMap<>();
    private final Map<HeldOutKey, HeldOut> heldOut = new HashMap<>();
    private final Map<StreamKey, BatchStream> streams = new HashMap<>();
    private final Map<InputCentring, TrainingData> centred = new EnumMap<>(InputCentring.class);
    private final @Nullable Standardiser standardiser;
    private @Nullable Moments moments;

    /** @param kernel trains on them */
    public TrainingData(ActivationSource source, Kernel kernel) {
        this(source, kernel, null);
    }

    private TrainingData(ActivationSource source, Kernel kernel, @Nullable Standardiser standardiser) {
        this.source = source;
        this.kernel = kernel;
        this.standardiser = standardiser;
    }

    /** The activations as such a training meets them; the first call of a kind reads all of them. */
    TrainingData as(InputCentring centring) {
        if (centring == InputCentring.NONE) {
            return this;
        }
        return centred.computeIfAbsent(centring, kind -> {
            Standardiser made = Objects.requireNonNull(kind.of(moments()));
            return new TrainingData(made.over(source), kernel, made);
        });
    }

    /** What the activations went through; null when they are as they are. */
    @Nullable Standardiser standardiser() {
        return standardiser;
    }

    private record HeldOutKey(long orderSeed, int examples) {}

    private record StreamKey(long orderSeed, int batchSize, int validationExamples) {}

    ActivationSource source() {
        return source;
    }

    Kernel kernel() {
        return kernel;
    }

    /** Different batches that are read in each step. */
    public int streams() {
        return streams.size()
                + centred.values().stream().mapToInt(TrainingData::streams).sum();
    }

    /** The first call reads all activations. */
    Moments moments() {
        if (moments == null) {
            moments = Moments.of(source);
        }
        return moments;
    }

    /** Where {@code b_dec} starts, in the activations' own units; a copy. */
    float[] start_d(DecoderBias bias, long orderSeed) {
        return switch (bias) {
            case GEOMETRIC_MEDIAN ->
                medians.computeIfAbsent(orderSeed, this::median).clone();
            case MEAN -> moments().mean_d();
            case ZERO -> new float[source.width()];
        };
    }

    /** The examples that early stopping measures; null when there is none. */
    @Nullable HeldOut heldOut(TrainingConfig config) {
        EarlyStopping stopping = config.earlyStopping();
        return stopping == null
                ? null
                : heldOut.computeIfAbsent(
                        new HeldOutKey(config.orderSeed(), stopping.validationExamples()),
                        key -> new HeldOut(source, key.orderSeed(), key.examples()));
    }

    BatchStream stream(TrainingConfig config) {
        HeldOut without = heldOut(config);
        EarlyStopping stopping = config.earlyStopping();
        var key = new StreamKey(
                config.orderSeed(), config.batchSize(), stopping == null ? 0 : stopping.validationExamples());
        return streams.computeIfAbsent(
                key,
                wanted -> new BatchStream(
                        source,
                        kernel,
                        wanted.orderSeed(),
                        wanted.batchSize(),
                        without == null ? null : without.others()));
    }

    private float[] median(long orderSeed) {
        int[] rows = new int[Math.min(MEDIAN_EXAMPLES, source.nExamples())];
        new EpochOrder(orderSeed, source.nExamples()).fill(0, rows);
        float[] points_nd = new float[rows.length * source.width()];
        source.gather(rows, rows.length, points_nd);
        return GeometricMedian.of(points_nd, source.width());
    }
}

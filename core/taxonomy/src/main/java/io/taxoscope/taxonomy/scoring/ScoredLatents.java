package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The latents of one layer under one labelling, seen as columns. */
final class ScoredLatents {
    private final Frame frame;
    private final int[] active;
    private final boolean[] eligible;
    private final int[] lch;
    private final double[][] profiles;
    private final Map<Measure, double[]> values = new EnumMap<>(Measure.class);
    private final Map<Criterion, double[]> pValues = new EnumMap<>(Criterion.class);
    private final Map<Criterion, Champions> champions = new EnumMap<>(Criterion.class);

    ScoredLatents(Frame frame, int nLatents) {
        this.frame = frame;
        this.active = new int[nLatents];
        this.eligible = new boolean[nLatents];
        this.lch = new int[nLatents];
        this.profiles = new double[nLatents][];
        for (Measure measure : Measure.values()) {
            values.put(measure, filled(nLatents, Double.NaN));
        }
        for (Criterion criterion : Criterion.values()) {
            pValues.put(criterion, filled(nLatents, 1));
        }
    }

    private static double[] filled(int size, double value) {
        double[] column = new double[size];
        Arrays.fill(column, value);
        return column;
    }

    /** Different latents may come from different threads. */
    void put(LatentScore score) {
        int latent = score.latent();
        active[latent] = score.nActive();
        eligible[latent] = score.eligible();
        lch[latent] = score.lch().orElse(-1);
        profiles[latent] =
                score.entropyProfile().stream().mapToDouble(each -> each).toArray();
        score.values().forEach((measure, value) -> column(measure)[latent] = value);
        score.best()
                .forEach((criterion, best) -> Objects.requireNonNull(pValues.get(criterion))[latent] = best.pValue());
    }

    void merge(Criterion criterion, Champions some) {
        champions
                .computeIfAbsent(
                        criterion, none -> new Champions(frame.taxonomy().nNodes()))
                .merge(some);
    }

    int nLatents() {
        return active.length;
    }

    int nEligible() {
        return (int) eligibleLatents().count();
    }

    int nActive() {
        return (int) Arrays.stream(active).filter(count -> count > 0).count();
    }

    int mostActive() {
        return Arrays.stream(active).max().orElse(0);
    }

    int[] activeCounts() {
        return eligibleLatents().map(latent -> active[latent]).toArray();
    }

    /** Values of the eligible latents, NaN where one has none. */
    double[] eligible(Measure measure) {
        return eligibleLatents().mapToDouble(latent -> column(measure)[latent]).toArray();
    }

    /** Mean over the eligible latents that have a profile; empty when none has. */
    double[] meanProfile() {
        double[][] profiled = eligibleLatents()
                .mapToObj(latent -> profiles[latent])
                .filter(profile -> profile.length > 0)
                .toArray(double[][]::new);
        if (profiled.length == 0) {
            return new double[0];
        }
        return IntStream.range(0, frame.nDepths())
                .mapToDouble(depth -> Arrays.stream(profiled)
                        .mapToDouble(profile -> profile[depth])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    BitSet coveredNodes() {
        var covered = new BitSet();
        eligibleLatents().forEach(latent -> covered.set(lch[latent]));
        return covered;
    }

    /** Nodes whose best latent reaches {@code tau}. */
    BitSet coveredAt(Criterion criterion, double tau) {
        var found = champions.get(criterion);
        return found == null ? new BitSet() : found.atLeast(tau);
    }

    /** Pairs of an eligible latent and a reachable node. */
    long nTests() {
        return (long) nEligible() * frame.nReachable();
    }

    /**
     * By latent; 1 for one that is not eligible. Only the chosen pairs are tested. They were chosen on the other half, so
     * counting all others with p = 1 keeps the false discovery rate over all pairs.
     */
    double[] qValues(Criterion criterion) {
        double[] p = Objects.requireNonNull(pValues.get(criterion));
        int[] tested = eligibleLatents().toArray();
        double[] q = FalseDiscoveries.qValues(
                Arrays.stream(tested).mapToDouble(latent -> p[latent]).toArray(), nTests());
        double[] all = filled(active.length, 1);
        for (int i = 0; i < tested.length; i++) {
            all[tested[i]] = q[i];
        }
        return all;
    }

    /** Fills the column of q-values once all latents are in. */
    void adjust() {
        double[] q = qValues(Criterion.F1);
        eligibleLatents().forEach(latent -> column(Measure.Q_VALUE)[latent] = q[latent]);
    }

    private double[] column(Measure measure) {
        return Objects.requireNonNull(values.get(measure));
    }

    private IntStream eligibleLatents() {
        return IntStream.range(0, active.length).filter(latent -> eligible[latent]);
    }
}

package io.taxoscope.taxonomy.relations;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Probes a synset in the activations and asks which latents carry what the probe finds. */
final class Absorption {
    private static final int CHUNK = 256;

    private final LabelledExamples labels;
    private final Firings firings;
    private final DenseRows activations;
    private final Directions directions;
    private final RelationSpec spec;
    private final Cholesky curvature;
    private final ProbeSample sample;
    private final SparseProbe sparse;
    private final List<int[]> dealt = new ArrayList<>();

    Absorption(
            LabelledExamples labels,
            Firings firings,
            DenseRows activations,
            Directions directions,
            Covariance covariance,
            RelationSpec spec) {
        this.labels = labels;
        this.firings = firings;
        this.activations = activations;
        this.directions = directions;
        this.spec = spec;
        this.curvature = LogisticRegression.curvature(covariance, spec.probeExamples());
        this.sample = new ProbeSample(labels);
        this.sparse = new SparseProbe(firings);
        for (int draw = 0; draw < spec.controlDraws(); draw++) {
            int[] others = IntStream.range(0, directions.nLatents()).toArray();
            Seeded.shuffle(others, Seeded.DEALT_DIRECTIONS.stream(spec.seed(), draw));
            dealt.add(others);
        }
    }

    /**
     * @param main latents that a sparse probe picks, the most telling first
     * @param nTruePositives report-half examples of the synset that the probe finds, with evidence for it
     * @param probeF1 of the dense probe, on the report half
     * @param full rate; absent without a main latent or a true positive, like {@code fraction} and the controls
     * @param controls full and fraction in each draw of dealt directions
     */
    record Result(
            List<Integer> main,
            int nTruePositives,
            double probeF1,
            @Nullable Double full,
            @Nullable Double fraction,
            List<Control> controls) {}

    record Control(double full, double fraction) {}

    /** @param node must have positives and negatives on both halves */
    Result of(int node) {
        boolean[] below = labels.isBelow(node);
        int[] positives = sample.take(Half.SELECTION, below, true, spec.probeExamples() / 2);
        int[] negatives = sample.take(Half.SELECTION, below, false, spec.probeExamples() - positives.length);
        var probe = probe(positives, negatives);
        List<Integer> main = sparse.mainLatents(positives, negatives);

        int[] judged = sample.take(Half.REPORT, below, true, spec.probeExamples());
        var found = new Found(probe, main);
        forEachRow(judged, found::add);
        double f1 = f1(node, below, probe, judged.length, found.hits);
        var real = found.rates.getFirst();
        if (main.isEmpty() || real.count() == 0) {
            return new Result(main, real.count(), f1, null, null, List.of());
        }
        return new Result(
                main,
                real.count(),
                f1,
                real.full(),
                real.fraction(),
                found.rates.stream()
                        .skip(1)
                        .map(rates -> new Control(rates.full(), rates.fraction()))
                        .toList());
    }

    private LogisticRegression probe(int[] positives, int[] negatives) {
        int n = positives.length + negatives.length;
        int[] examples = IntStream.concat(Arrays.stream(positives), Arrays.stream(negatives))
                .toArray();
        float[] x_nd = new float[n * activations.width()];
        activations.gather(examples, n, x_nd);
        boolean[] isPositive = new boolean[n];
        Arrays.fill(isPositive, 0, positives.length, true);
        return LogisticRegression.fit(Design.isotropic(x_nd, n, activations.width()), isPositive, curvature);
    }

    /** Recall is over the positives that were judged, false alarms are counted up from a sample of the negatives. */
    private double f1(int node, boolean[] below, LogisticRegression probe, int judged, int hits) {
        int[] negatives = sample.take(Half.REPORT, below, false, spec.probeExamples());
        int[] alarms = new int[1];
        forEachRow(negatives, (example, x, at) -> alarms[0] += probe.decide(x, at) > 0 ? 1 : 0);
        double all = labels.below(Half.REPORT, node);
        double truePositives = all * hits / judged;
        double falsePositives = (labels.nReported() - all) * alarms[0] / negatives.length;
        return 2 * truePositives / (truePositives + falsePositives + all);
    }

    private interface RowVisitor {
        void row(int example, float[] x, int at);
    }

    private void forEachRow(int[] examples, RowVisitor visitor) {
        int width = activations.width();
        float[] x = new float[CHUNK * width];
        for (int first = 0; first < examples.length; first += CHUNK) {
            int n = Math.min(CHUNK, examples.length - first);
            activations.gather(Arrays.copyOfRange(examples, first, first + n), n, x);
            for (int i = 0; i < n; i++) {
                visitor.row(examples[first + i], x, i * width);
            }
        }
    }

    /** What the probe finds among the judged examples, under the real directions and under each dealing of them. */
    private final class Found {
        private final LogisticRegression probe;
        private final double[] direction;
        private final double offset;
        private final List<AbsorptionRates> rates = new ArrayList<>();
        private int hits;

        Found(LogisticRegression probe, List<Integer> main) {
            this.probe = probe;
            this.direction = probe.direction();
            double bias = 0;
            for (int i = 0; i < direction.length; i++) {
                bias += directions.bias(i) * direction[i];
            }
            this.offset = bias;
            double[] projection = IntStream.range(0, directions.nLatents())
                    .mapToDouble(latent -> directions.project(latent, direction))
                    .toArray();
            double[] cosine = IntStream.range(0, directions.nLatents())
                    .mapToDouble(
                            latent -> directions.norm(latent) == 0 ? 0 : projection[latent] / directions.norm(latent))
                    .toArray();
            rates.add(new AbsorptionRates(firings, main, projection, cosine));
            dealt.forEach(others ->
                    rates.add(new AbsorptionRates(firings, main, pick(projection, others), pick(cosine, others))));
        }

        void add(int example, float[] x, int at) {
            if (probe.decide(x, at) <= 0) {
                return;
            }
            hits++;
            double evidence = Products.dot(direction, x, at, direction.length) - offset;
            if (evidence > 0) {
                double positive = evidence;
                rates.forEach(each -> each.add(example, positive));
            }
        }

        private static double[] pick(double[] values, int[] places) {
            return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
        }
    }
}

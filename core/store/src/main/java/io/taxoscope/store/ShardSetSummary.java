package io.taxoscope.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Moments and rounding of all shards together, put together in the order of the rows when a shard set is sealed. */
record ShardSetSummary(Moments moments, Rounding rounding) {
    /** Rows for the participation ratio; a ratio r is found as about {@code 1 / (1/r + 1/rows)}. */
    private static final int ROWS = 8192;
    /** The Gram matrix of wider rows is that of fewer rows instead. */
    private static final int WIDE = 4096;

    static ShardSetSummary of(ShardSetSpec spec, Path folder, List<ShardFile> shards) {
        var all = new RunningMoments(spec.width());
        double squaredError = 0;
        double greatestError = 0;
        int nRows = spec.nRows();
        int chosen = Math.min(nRows, spec.width() <= WIDE ? ROWS : WIDE / 2);
        double[] sample_bd = new double[Math.multiplyExact(chosen, spec.width())];
        for (ShardFile shard : shards) {
            int first = shard.firstExample() * spec.tokensPerExample();
            int n = shard.nExamples() * spec.tokensPerExample();
            try (Safetensors file = Safetensors.read(folder.resolve(shard.file()))) {
                all.add(new RunningMoments(n, file.doubles(ShardContent.MEAN), file.doubles(ShardContent.SQUARES)));
                squaredError += number(file, ShardContent.ERROR);
                greatestError = Math.max(greatestError, number(file, ShardContent.GREATEST_ERROR));
                var rows = ShardRows.of(file, spec.type(), n, spec.width());
                sample(rows, first, n, nRows, chosen, sample_bd);
            }
        }
        double ratio = ParticipationRatio.of(sample_bd, spec.width());
        return new ShardSetSummary(
                moments(all, ratio, chosen),
                new Rounding(greatestError, all.squares() == 0 ? 0 : Math.sqrt(squaredError / all.squares())));
    }

    private static Moments moments(RunningMoments all, double participationRatio, int chosen) {
        double trace = all.trace();
        double gamma = trace == 0 ? 0 : Math.sqrt(all.squaredMean() / trace);
        List<Double> mean = Arrays.stream(all.mean_d()).boxed().toList();
        return new Moments(mean, trace, participationRatio, chosen, gamma);
    }

    /** Row {@code i} of the sample is row {@code floor(i nRows / chosen)}. */
    private static void sample(ShardRows rows, long first, int n, int nRows, int chosen, double[] sample_bd) {
        int width = sample_bd.length / chosen;
        float[] row_d = new float[width];
        for (long i = Math.ceilDiv(first * chosen, nRows); i < chosen && i * nRows / chosen < first + n; i++) {
            rows.copy((int) (i * nRows / chosen - first), 1, row_d, 0);
            for (int d = 0; d < width; d++) {
                sample_bd[(int) i * width + d] = row_d[d];
            }
        }
    }

    private static double number(Safetensors file, String key) {
        return Double.parseDouble(file.metadata().getOrDefault(key, "0"));
    }
}

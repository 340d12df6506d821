package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Firings.Columns;
import java.util.stream.IntStream;

/**
 * Activation-weighted mean cosine of the images of a latent (Pach et al. 2025), in the closed form that costs one pass
 * over a latent's firings instead of one over their pairs.
 */
final class MonoSemanticity {
    private static final int CHUNK = 1024;

    private final Firings firings;
    private final DenseRows embeddings;
    private final Progress progress;

    MonoSemanticity(Firings firings, DenseRows embeddings, Progress progress) {
        this.firings = firings;
        this.embeddings = embeddings;
        this.progress = progress;
    }

    /** One value for each latent; NaN for one whose scaled values leave no pair. */
    double[] scores() {
        double[] scores = new double[firings.nLatents()];
        int parts = Math.max(1, Math.min(scores.length, 4 * Runtime.getRuntime().availableProcessors()));
        IntStream.range(0, parts).parallel().forEach(part -> {
            var reader = new Reader();
            for (int latent = part; latent < scores.length; latent += parts) {
                scores[latent] = score(latent, reader);
                progress.step();
            }
        });
        return scores;
    }

    /** What every latent's score is expected to be on random images: the mean cosine of two of them. */
    double chance() {
        var sums = new Sums(embeddings.width());
        var reader = new Reader();
        int n = embeddings.nExamples();
        for (int first = 0; first < n; first += CHUNK) {
            int count = Math.min(CHUNK, n - first);
            int from = first;
            reader.read(i -> from + i, count);
            for (int i = 0; i < count; i++) {
                sums.add(1, reader.unit_bd, i * reader.width);
            }
        }
        return sums.score();
    }

    private double score(int latent, Reader reader) {
        Columns columns = firings.byLatent();
        var sums = new Sums(reader.width);
        // A latent that is silent somewhere has the least value 0.
        boolean everywhere = columns.count(latent) == firings.nExamples();
        float least = everywhere ? Float.POSITIVE_INFINITY : 0;
        float greatest = 0;
        for (int at = columns.begin(latent); at < columns.end(latent); at++) {
            least = Math.min(least, columns.value(at));
            greatest = Math.max(greatest, columns.value(at));
        }
        double range = (double) greatest - least;
        for (int first = columns.begin(latent); first < columns.end(latent); first += CHUNK) {
            int count = Math.min(CHUNK, columns.end(latent) - first);
            int from = first;
            reader.read(i -> columns.index(from + i), count);
            for (int i = 0; i < count; i++) {
                sums.add(((double) columns.value(from + i) - least) / range, reader.unit_bd, i * reader.width);
            }
        }
        return sums.score();
    }

    /** The four sums of the closed form. */
    private static final class Sums {
        private final double[] weighted_d;
        private double weights;
        private double squares;
        private double selfSimilarity;

        Sums(int width) {
            this.weighted_d = new double[width];
        }

        void add(double weight, double[] unit_bd, int at) {
            weights += weight;
            squares += weight * weight;
            double length = 0;
            for (int i = 0; i < weighted_d.length; i++) {
                weighted_d[i] += weight * unit_bd[at + i];
                length += unit_bd[at + i] * unit_bd[at + i];
            }
            selfSimilarity += weight * weight * length;
        }

        double score() {
            double pairs = weights * weights - squares;
            // Of one image alone the difference is rounding, not a pair.
            if (!(pairs > 1e-12 * weights * weights)) {
                return Double.NaN;
            }
            double norm = 0;
            for (double each : weighted_d) {
                norm += each * each;
            }
            return (norm - selfSimilarity) / pairs;
        }
    }

    private interface Examples {
        int at(int i);
    }

    /** Reads embeddings and scales them to length 1; a zero vector stays and is like no image. */
    private final class Reader {
        private final int width = embeddings.width();
        private final int[] examples = new int[CHUNK];
        private final float[] raw_bd = new float[CHUNK * width];
        private final double[] unit_bd = new double[CHUNK * width];

        void read(Examples from, int count) {
            for (int i = 0; i < count; i++) {
                examples[i] = from.at(i);
            }
            embeddings.gather(examples, count, raw_bd);
            for (int i = 0; i < count; i++) {
                scale(i * width);
            }
        }

        private void scale(int at) {
            double squares = 0;
            for (int i = at; i < at + width; i++) {
                squares += (double) raw_bd[i] * raw_bd[i];
            }
            double scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
            for (int i = at; i < at + width; i++) {
                unit_bd[i] = raw_bd[i] * scale;
            }
        }
    }
}

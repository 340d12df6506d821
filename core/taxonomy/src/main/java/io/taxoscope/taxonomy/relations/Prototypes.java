package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Family.Parent;
import io.taxoscope.taxonomy.relations.Firings.Columns;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How alike the images of a parent's children are: mean cosine of the children's mean embeddings (HMS, Zhao et al.). */
final class Prototypes {
    private final Firings firings;
    private final DenseRows embeddings;
    private final int topImages;
    private final Map<Integer, double[]> unitOf = new HashMap<>();

    /** @param latents those that may be asked for */
    Prototypes(Firings firings, DenseRows embeddings, int topImages, int[] latents) {
        this.firings = firings;
        this.embeddings = embeddings;
        this.topImages = topImages;
        double[][] units = IntStream.of(latents).parallel().mapToObj(this::unit).toArray(double[][]::new);
        for (int i = 0; i < latents.length; i++) {
            unitOf.put(latents[i], units[i]);
        }
    }

    /** By parent, for those with two direct children or more. */
    Map<Integer, Double> similarities(List<Parent> parents) {
        return parents.stream()
                .filter(parent -> parent.children().size() >= 2)
                .collect(Collectors.toMap(Parent::latent, parent -> meanCosine(parent.children())));
    }

    /** The mean over as many parents whose children are drawn from {@code latents}, each at most once. */
    double drawn(List<Parent> parents, int[] latents, RandomGenerator random) {
        int[] pool = latents.clone();
        return parents.stream()
                .map(parent -> parent.children().size())
                .filter(size -> size >= 2)
                .mapToDouble(size -> meanCosine(draw(pool, size, random)))
                .average()
                .orElse(Double.NaN);
    }

    private static List<Integer> draw(int[] pool, int count, RandomGenerator random) {
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(pool.length - i);
            int drawn = pool[j];
            pool[j] = pool[i];
            pool[i] = drawn;
        }
        return Arrays.stream(pool, 0, count).boxed().toList();
    }

    /** {@code (|sum of units|^2 - n) / (n (n - 1))}: all pairs without looking at any. */
    private double meanCosine(List<Integer> latents) {
        double[] sum = new double[embeddings.width()];
        double self = 0;
        for (int latent : latents) {
            double[] unit = unitOf.getOrDefault(latent, sum);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += unit[i];
                self += unit[i] * unit[i];
            }
        }
        double squares = Arrays.stream(sum).map(each -> each * each).sum();
        int n = latents.size();
        return (squares - self) / ((double) n * (n - 1));
    }

    private double[] unit(int latent) {
        int[] top = strongest(latent);
        int width = embeddings.width();
        float[] rows = new float[top.length * width];
        embeddings.gather(top, top.length, rows);
        double[] mean = new double[width];
        for (int i = 0; i < rows.length; i++) {
            mean[i % width] += rows[i];
        }
        double norm = Math.sqrt(Arrays.stream(mean).map(each -> each * each).sum());
        return Arrays.stream(mean).map(each -> norm == 0 ? 0 : each / norm).toArray();
    }

    /** The strongest examples; of equal values the lower index. */
    private int[] strongest(int latent) {
        Columns columns = firings.byLatent();
        return IntStream.range(columns.begin(latent), columns.end(latent))
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(columns::value)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(topImages)
                .mapToInt(columns::index)
                .toArray();
    }
}

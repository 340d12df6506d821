package io.taxoscope.bench;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Made-up codes with planted synsets: each latent belongs to one reachable node and fires on its examples; every fourth
 * latent of an internal node leaves out one child, as absorption would; the rest of a row is noise on any latent. Row
 * {@code i} is the same whatever the size of a shard.
 */
public final class SyntheticCodes {
    private final Taxonomy taxonomy;
    private final int k;
    private final int nPlanted;
    private final long seed;
    private final int[] nodeOf;
    private final int[] droppedChildOf;
    private final int[][] latentsOfClass;

    /**
     * @param k latents that fire on an example
     * @param noise how many of them are no latents of its class
     */
    public SyntheticCodes(Taxonomy taxonomy, int nLatents, int k, int noise, long seed) {
        this.taxonomy = taxonomy;
        this.k = k;
        this.nPlanted = k - noise;
        this.seed = seed;
        this.nodeOf = new int[nLatents];
        this.droppedChildOf = new int[nLatents];
        plant();
        this.latentsOfClass = IntStream.range(0, taxonomy.nClasses())
                .mapToObj(c -> IntStream.range(0, nLatents)
                        .filter(latent -> firesOn(latent, c))
                        .toArray())
                .toArray(int[][]::new);
    }

    private void plant() {
        int[] nodes = IntStream.range(0, taxonomy.nNodes())
                .filter(taxonomy::isReachable)
                .toArray();
        var random = new SplittableRandom(seed);
        for (int latent = 0; latent < nodeOf.length; latent++) {
            nodeOf[latent] = nodes[random.nextInt(nodes.length)];
            int[] children = taxonomy.dag().children(nodeOf[latent]);
            boolean drops = children.length > 1 && random.nextInt(4) == 0;
            droppedChildOf[latent] = drops ? children[random.nextInt(children.length)] : -1;
        }
    }

    private boolean firesOn(int latent, int classIndex) {
        int dropped = droppedChildOf[latent];
        return isBelow(classIndex, nodeOf[latent]) && (dropped < 0 || !isBelow(classIndex, dropped));
    }

    private boolean isBelow(int classIndex, int node) {
        return Arrays.binarySearch(taxonomy.classesBelow(node), classIndex) >= 0;
    }

    public int nLatents() {
        return nodeOf.length;
    }

    /** Of a latent. */
    public int plantedNode(int latent) {
        return nodeOf[latent];
    }

    /** The child on which a latent is silent although it fires on its siblings; -1 for none. */
    public int droppedChild(int latent) {
        return droppedChildOf[latent];
    }

    /** Every class is as frequent as the others. */
    public int classOf(int example) {
        return example % taxonomy.nClasses();
    }

    /** Rows as compressed sparse rows. */
    public Rows rows(int first, int count) {
        var indices = new int[count * k];
        var values = new float[count * k];
        IntStream.range(0, count).parallel().forEach(row -> row(first + row, indices, values, row * k));
        return new Rows(
                IntStream.rangeClosed(0, count).mapToLong(row -> (long) row * k).toArray(), indices, values);
    }

    private void row(int example, int[] indices, float[] values, int at) {
        var random = new SplittableRandom(seed + 0x9e3779b97f4a7c15L * (example + 1));
        int[] planted = latentsOfClass[classOf(example)];
        int[] chosen = new int[k];
        for (int i = 0; i < k; i++) {
            boolean isPlanted = i < nPlanted && i < planted.length;
            do {
                chosen[i] = isPlanted ? planted[random.nextInt(planted.length)] : random.nextInt(nodeOf.length);
            } while (contains(chosen, i));
        }
        Arrays.sort(chosen);
        for (int i = 0; i < k; i++) {
            indices[at + i] = chosen[i];
            boolean isPlanted = firesOn(chosen[i], classOf(example));
            values[at + i] = (isPlanted ? 1 : 0.25f) + (float) random.nextDouble();
        }
    }

    private static boolean contains(int[] chosen, int at) {
        for (int i = 0; i < at; i++) {
            if (chosen[i] == chosen[at]) {
                return true;
            }
        }
        return false;
    }

    /** Latents of a row ascend. */
    public static final class Rows {
        private final long[] indptr;
        private final int[] indices;
        private final float[] values;

        Rows(long[] indptr, int[] indices, float[] values) {
            this.indptr = indptr;
            this.indices = indices;
            this.values = values;
        }

        public long[] indptr() {
            return indptr;
        }

        public int[] indices() {
            return indices;
        }

        public float[] values() {
            return values;
        }
    }
}

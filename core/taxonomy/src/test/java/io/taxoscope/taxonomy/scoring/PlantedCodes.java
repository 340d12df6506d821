package io.taxoscope.taxonomy.scoring;

import io.taxoscope.taxonomy.Taxonomy;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Codes made up for a test, handed out in blocks of a few rows. */
final class PlantedCodes implements CodeSource {
    private final float[][] values;
    private final int nLatents;
    private final int rowsPerBlock;

    private PlantedCodes(float[][] values, int nLatents, int rowsPerBlock) {
        this.values = values;
        this.nLatents = nLatents;
        this.rowsPerBlock = rowsPerBlock;
    }

    /** @param values for each example its value of every latent, 0 where silent */
    static PlantedCodes of(float[][] values, int rowsPerBlock) {
        return new PlantedCodes(values, values[0].length, rowsPerBlock);
    }

    /**
     * Latent {@code j} fires on an example of the subtree of {@code nodes[j]} with probability {@code hit}, elsewhere
     * with probability {@code noise}, with a random value.
     */
    static PlantedCodes subtrees(
            Taxonomy taxonomy, int[] classOf, int[] nodes, double hit, double noise, RandomGenerator random) {
        var values = new float[classOf.length][nodes.length];
        for (int i = 0; i < classOf.length; i++) {
            for (int j = 0; j < nodes.length; j++) {
                boolean below = Arrays.binarySearch(taxonomy.classesBelow(nodes[j]), classOf[i]) >= 0;
                if (random.nextDouble() < (below ? hit : noise)) {
                    values[i][j] = 0.1f + random.nextFloat();
                }
            }
        }
        return of(values, 1000);
    }

    @Override
    public int nExamples() {
        return values.length;
    }

    @Override
    public int nLatents() {
        return nLatents;
    }

    @Override
    public void forEachBlock(Consumer<CodeBlock> use) {
        for (int first = 0; first < values.length; first += rowsPerBlock) {
            use.accept(new DenseBlock(first, Math.min(rowsPerBlock, values.length - first)));
        }
    }

    /** Entries of a row are all its latents; those with the value 0 must be skipped by the reader. */
    private final class DenseBlock implements CodeBlock {
        private final int first;
        private final int rows;

        DenseBlock(int first, int rows) {
            this.first = first;
            this.rows = rows;
        }

        @Override
        public int firstExample() {
            return first;
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int begin(int row) {
            return row * nLatents;
        }

        @Override
        public int end(int row) {
            return (row + 1) * nLatents;
        }

        @Override
        public int latent(int entry) {
            return entry % nLatents;
        }

        @Override
        public float value(int entry) {
            return values[first + entry / nLatents][entry % nLatents];
        }
    }
}

package io.taxoscope.taxonomy.relations;

import java.util.Arrays;
import java.util.BitSet;

/** A'_j: the examples of one half on which each latent fires, ascending. */
final class FiringSets {
    private final int[][] examples;
    private final int nExamples;

    private FiringSets(int[][] examples, int nExamples) {
        this.examples = examples;
        this.nExamples = nExamples;
    }

    static FiringSets of(Firings firings, Half half) {
        var columns = firings.byLatent();
        int[][] examples = new int[columns.size()][];
        int[] buffer = new int[firings.nExamples()];
        for (int latent = 0; latent < examples.length; latent++) {
            int n = 0;
            for (int at = columns.begin(latent); at < columns.end(latent); at++) {
                if (Half.of(columns.index(at)) == half) {
                    buffer[n++] = columns.index(at);
                }
            }
            examples[latent] = Arrays.copyOf(buffer, n);
        }
        return new FiringSets(examples, firings.nExamples());
    }

    int nLatents() {
        return examples.length;
    }

    int count(int latent) {
        return examples[latent].length;
    }

    int[] of(int latent) {
        return examples[latent];
    }

    BitSet asBits(int latent) {
        var bits = new BitSet(nExamples);
        for (int example : examples[latent]) {
            bits.set(example);
        }
        return bits;
    }

    int countIn(int latent, BitSet others) {
        int both = 0;
        for (int example : examples[latent]) {
            if (others.get(example)) {
                both++;
            }
        }
        return both;
    }

    /** Firings on each class. */
    int[] perClass(int latent, LabelledExamples labels) {
        int[] counts = new int[labels.taxonomy().nClasses()];
        for (int example : examples[latent]) {
            counts[labels.classOf(example)]++;
        }
        return counts;
    }
}

package io.taxoscope.taxonomy.relations;

import io.taxoscope.taxonomy.relations.Firings.Columns;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Finds for each latent of one side the latent of the other that fires most on the same examples (Jaccard index). */
final class CoActivation {
    private final Firings from;
    private final Firings to;
    private final int[] ofFrom;
    private final boolean[] takesPart;
    private final IntUnaryOperator rowOf;

    /** @param rowOf which row of {@code to} an example of {@code from} is compared with */
    CoActivation(Firings from, int[] ofFrom, Firings to, int[] ofTo, IntUnaryOperator rowOf) {
        this.from = from;
        this.to = to;
        this.ofFrom = ofFrom;
        this.takesPart = new boolean[to.nLatents()];
        Arrays.stream(ofTo).forEach(latent -> takesPart[latent] = true);
        this.rowOf = rowOf;
    }

    /** @param latent the partner, the lowest of equals; -1 when no latent that takes part shares an example */
    record Partner(int latent, int nFrom, int nTo, int nBoth, int nExamples) {
        double jaccard() {
            return (double) nBoth / (nFrom + nTo - nBoth);
        }

        /** Correlation of the two firings (Matthews); 0 when one of them fires everywhere. */
        double phi() {
            double n = nExamples;
            double spread = (double) nFrom * nTo * (n - nFrom) * (n - nTo);
            return spread > 0 ? (n * nBoth - (double) nFrom * nTo) / Math.sqrt(spread) : 0;
        }
    }

    /** In the order of the latents that take part. */
    Partner[] partners() {
        var partners = new Partner[ofFrom.length];
        int parts = Math.max(1, Math.min(ofFrom.length, 4 * Runtime.getRuntime().availableProcessors()));
        IntStream.range(0, parts).parallel().forEach(part -> {
            int[] both = new int[to.nLatents()];
            for (int place = part; place < ofFrom.length; place += parts) {
                partners[place] = partner(ofFrom[place], both);
            }
        });
        return partners;
    }

    private Partner partner(int latent, int[] both) {
        Columns examples = from.byLatent();
        Columns rows = to.byExample();
        Arrays.fill(both, 0);
        for (int at = examples.begin(latent); at < examples.end(latent); at++) {
            int row = rowOf.applyAsInt(examples.index(at));
            for (int entry = rows.begin(row); entry < rows.end(row); entry++) {
                both[rows.index(entry)]++;
            }
        }
        var best = new Partner(-1, examples.count(latent), 0, 0, from.nExamples());
        for (int other = 0; other < both.length; other++) {
            if (both[other] > 0 && takesPart[other]) {
                var found = new Partner(
                        other, examples.count(latent), to.byLatent().count(other), both[other], from.nExamples());
                best = best.latent() < 0 || found.jaccard() > best.jaccard() ? found : best;
            }
        }
        return best;
    }
}

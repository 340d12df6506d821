package io.taxoscope.taxonomy.scoring;

/** Tails of the hypergeometric distribution over one population. */
final class Hypergeometric {
    private final double[] logFactorials;

    Hypergeometric(int population) {
        this.logFactorials = new double[population + 1];
        double lost = 0;
        for (int i = 2; i <= population; i++) {
            // Kahan's sum: a plain one would lose the sixth digit of a tail over a million examples.
            double term = Math.log(i) - lost;
            double sum = logFactorials[i - 1] + term;
            lost = (sum - logFactorials[i - 1]) - term;
            logFactorials[i] = sum;
        }
    }

    /**
     * {@code P(X >= hits)} when {@code drawn} of the population are drawn and {@code marked} of it are marked.
     */
    double tail(int hits, int marked, int drawn) {
        int population = logFactorials.length - 1;
        int least = Math.max(0, marked + drawn - population);
        int most = Math.min(marked, drawn);
        if (hits <= least) {
            return 1;
        }
        if (hits > most) {
            return 0;
        }
        // The shorter way to sum is the one on which terms only fall.
        return hits > (double) marked * drawn / population
                ? upwards(hits, most, marked, drawn)
                : 1 - downwards(hits - 1, least, marked, drawn);
    }

    private double upwards(int first, int most, int marked, int drawn) {
        int rest = logFactorials.length - 1 - marked - drawn;
        double term = 1;
        double sum = 1;
        for (int x = first; x < most && term > sum * 1e-17; x++) {
            term *= (double) (marked - x) / (x + 1) * (drawn - x) / (rest + x + 1);
            sum += term;
        }
        return Math.min(1, Math.exp(logProbability(first, marked, drawn) + Math.log(sum)));
    }

    private double downwards(int first, int least, int marked, int drawn) {
        int rest = logFactorials.length - 1 - marked - drawn;
        double term = 1;
        double sum = 1;
        for (int x = first; x > least && term > sum * 1e-17; x--) {
            term *= (double) x / (marked - x + 1) * (rest + x) / (drawn - x + 1);
            sum += term;
        }
        return Math.min(1, Math.exp(logProbability(first, marked, drawn) + Math.log(sum)));
    }

    private double logProbability(int hits, int marked, int drawn) {
        int population = logFactorials.length - 1;
        return logChoose(marked, hits) + logChoose(population - marked, drawn - hits) - logChoose(population, drawn);
    }

    private double logChoose(int of, int chosen) {
        return logFactorials[of] - logFactorials[chosen] - logFactorials[of - chosen];
    }
}

package io.taxoscope.taxonomy.scoring;

/**
 * How latents are scored.
 *
 * @param topK examples that stand for a latent; one that fires on fewer is not eligible
 * @param robustShare share of them that the robust LCH covers
 * @param chanceDraws random example sets behind each chance level
 * @param permutations relabelled copies of the dataset behind the permuted control; 0 for none
 * @param bootstrap resamples behind each confidence interval; 0 for none
 * @param seed decides draws, permutations and resamples
 */
public record ScoringSpec(int topK, double robustShare, int chanceDraws, int permutations, int bootstrap, long seed) {
    public ScoringSpec {
        require(topK >= 1, "topK must be positive: " + topK);
        require(robustShare > 0 && robustShare <= 1, "robustShare must be above 0 and at most 1: " + robustShare);
        require(chanceDraws >= 1, "chanceDraws must be positive: " + chanceDraws);
        require(permutations >= 0, "permutations must not be negative: " + permutations);
        require(bootstrap >= 0, "bootstrap must not be negative: " + bootstrap);
    }

    /** {@code ceil(q k)}; the guard keeps 0.55 * 20 = 11.000000000000002 at 11. */
    int robustCount() {
        return Math.max(1, (int) Math.ceil(robustShare * topK - 1e-9));
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

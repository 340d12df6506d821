package io.taxoscope.store;

import java.util.List;

/**
 * Where the activations of a shard set lie and how they spread, in double precision and the same whatever the order in
 * which the shards were made.
 *
 * @param mean of each dimension
 * @param covarianceTrace sum of the dimensions' variances, which are divided by the number of rows
 * @param participationRatio {@code (sum lambda)² / sum lambda²} of the covariance's eigenvalues, an effective rank; 0 when
 *     nothing varies
 * @param participationRows evenly spaced rows that the ratio was taken of
 * @param gamma {@code |mean| / sqrt(covarianceTrace)} (arXiv 2605.31518); 0 when nothing varies
 */
public record Moments(
        List<Double> mean, double covarianceTrace, double participationRatio, int participationRows, double gamma) {
    public Moments {
        mean = List.copyOf(mean);
    }
}

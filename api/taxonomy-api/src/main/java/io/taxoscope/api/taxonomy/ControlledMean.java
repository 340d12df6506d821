package io.taxoscope.api.taxonomy;

import org.jspecify.annotations.Nullable;

/**
 * A mean beside what it would be without the thing that it measures. Numbers are absent when there is nothing to average.
 *
 * @param n values that the mean is over
 * @param ciLow lower end of the 95 % bootstrap interval of the mean
 * @param control the same mean under the control that the score names
 * @param controlSd standard deviation of that mean from one draw of the control to the next; absent where it is exact
 */
public record ControlledMean(
        int n,
        @Nullable Double mean,
        @Nullable Double ciLow,
        @Nullable Double ciHigh,
        @Nullable Double control,
        @Nullable Double controlSd) {}

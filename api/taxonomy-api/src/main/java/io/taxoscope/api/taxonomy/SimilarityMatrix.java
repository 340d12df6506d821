package io.taxoscope.api.taxonomy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param synsets wnids of rows and columns, as asked
 * @param values row by row; null where the similarity has no value
 */
public record SimilarityMatrix(SimilarityMeasure measure, List<String> synsets, List<List<@Nullable Double>> values) {}

package io.taxoscope.gateway.experiments;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a dataset.
 *
 * @param wnids each once; none before the labels are resolved
 * @param taxonomy absent for WordNet
 */
public record LabelledClasses(List<String> wnids, @Nullable String taxonomy) {}

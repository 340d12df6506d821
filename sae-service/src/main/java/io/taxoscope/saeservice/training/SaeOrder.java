package io.taxoscope.saeservice.training;

import io.taxoscope.api.sae.SaeConfig;
import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Shape;
import java.util.List;

/**
 * A checked request.
 *
 * @param config as submitted, with {@code width} in the place of {@code expansion}
 * @param snapshots steps after which the weights are kept, ascending
 */
record SaeOrder(Sha256 shardSet, SaeConfig config, Shape shape, List<Integer> snapshots) {}

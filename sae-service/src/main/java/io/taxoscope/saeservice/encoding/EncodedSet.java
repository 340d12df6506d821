package io.taxoscope.saeservice.encoding;

import io.taxoscope.common.Sha256;
import io.taxoscope.saeservice.training.TrainedSae;

/**
 * A shard set and its codes.
 *
 * @param shardSet what was encoded
 * @param codes the codes' manifest in the store
 */
public record EncodedSet(String encodingId, TrainedSae sae, Sha256 shardSet, Sha256 codes) {}

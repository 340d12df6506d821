package io.taxoscope.saeservice.training;

import io.taxoscope.common.Sha256;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Shape;
import org.jspecify.annotations.Nullable;

/**
 * An SAE that can encode.
 *
 * @param shardSet what it was trained on; null for an imported SAE
 * @param weights its file in the store, in the SAELens layout
 */
public record TrainedSae(String id, @Nullable Sha256 shardSet, Sha256 weights, Shape shape, Activation activation) {}

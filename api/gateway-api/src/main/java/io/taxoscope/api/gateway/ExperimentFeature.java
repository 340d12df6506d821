package io.taxoscope.api.gateway;

import io.taxoscope.api.taxonomy.FeatureView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A latent of one of a layer's dictionaries.
 *
 * @param step of the training, for a CHECKPOINT alone
 * @param thumbnails links to the latent's strongest images, strongest first
 */
public record ExperimentFeature(
        String layer, Variant variant, @Nullable Integer step, FeatureView scores, List<String> thumbnails) {}

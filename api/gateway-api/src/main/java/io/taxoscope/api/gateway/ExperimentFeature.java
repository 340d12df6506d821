package io.taxoscope.api.gateway;

import io.taxoscope.api.taxonomy.FeatureView;
import java.util.List;

/** @param thumbnails links to the latent's strongest images, strongest first */
public record ExperimentFeature(String layer, FeatureView scores, List<String> thumbnails) {}

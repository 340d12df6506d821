package io.taxoscope.api.gateway;

import io.taxoscope.api.taxonomy.RelationReport;

/** @param relationId whose pairs, synsets and latents can be listed */
public record LayerRelation(String layer, Variant variant, String relationId, RelationReport report) {}

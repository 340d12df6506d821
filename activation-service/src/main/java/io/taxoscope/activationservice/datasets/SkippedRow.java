package io.taxoscope.activationservice.datasets;

import jakarta.persistence.Embeddable;

@Embeddable
record SkippedRow(String path, String reason) {}

package io.taxoscope.activationservice.datasets;

import jakarta.persistence.Embeddable;

@Embeddable
record LabelRow(String label, int nImages) {}

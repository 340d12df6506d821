package io.taxoscope.activationservice.datasets;

import io.taxoscope.common.Sha256;

/** @param manifest names the list of its images in the store */
public record ReadyDataset(String id, Sha256 manifest, int nImages) {}

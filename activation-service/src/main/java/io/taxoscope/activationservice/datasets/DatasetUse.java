package io.taxoscope.activationservice.datasets;

/** Who still works with a dataset: asked before it is removed. */
public interface DatasetUse {
    /** Whether unfinished work needs the dataset. */
    boolean needsDataset(String datasetId);
}

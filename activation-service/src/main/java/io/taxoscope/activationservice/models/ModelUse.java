package io.taxoscope.activationservice.models;

/** Who still works with a model: asked before it is removed. */
public interface ModelUse {
    /** Whether unfinished work needs the model. */
    boolean needsModel(String modelId);
}

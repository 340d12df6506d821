package io.taxoscope.activationservice.models;

import io.taxoscope.common.Sha256;
import io.taxoscope.vision.image.Preprocessing;
import io.taxoscope.vision.run.ModelDescription;

/**
 * A model as an extraction needs it.
 *
 * @param file the ONNX file in the store
 */
public record RegisteredModel(String id, Sha256 file, Preprocessing recipe, ModelDescription description) {}

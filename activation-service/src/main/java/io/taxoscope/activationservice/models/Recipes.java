package io.taxoscope.activationservice.models;

import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.activation.Preprocessing.ColorOrder;
import io.taxoscope.vision.image.Filter;
import io.taxoscope.vision.image.Preprocessing.Crop;
import io.taxoscope.vision.image.Preprocessing.ResizeMode;

/** The contract's preprocessing in the words of the vision core. */
final class Recipes {
    private Recipes() {}

    static io.taxoscope.vision.image.Preprocessing of(Preprocessing request) {
        return new io.taxoscope.vision.image.Preprocessing(
                ResizeMode.valueOf(request.resize().mode().name()),
                request.resize().size(),
                Filter.valueOf(request.resize().filter().name()),
                Crop.valueOf(request.crop().mode().name()),
                request.crop().width(),
                request.crop().height(),
                request.colorOrder() == ColorOrder.BGR,
                request.scale(),
                request.mean(),
                request.std());
    }
}

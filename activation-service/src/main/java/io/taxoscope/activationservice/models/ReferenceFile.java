package io.taxoscope.activationservice.models;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.store.DType;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.TensorInfo;
import io.taxoscope.vision.image.Preprocessing;
import io.taxoscope.vision.run.ReferenceTensor;
import io.taxoscope.vision.run.Tap;
import java.util.ArrayList;
import java.util.List;

/** A reference as it was uploaded, checked: preprocessed images, and one tensor for each point of the model. */
final class ReferenceFile {
    private static final String PIXELS = "pixel_values";
    private static final int MOST_IMAGES = 1024;

    private final float[] pixels;
    private final long[] shape;
    private final List<ReferenceTensor> tensors;

    private ReferenceFile(float[] pixels, long[] shape, List<ReferenceTensor> tensors) {
        this.pixels = pixels;
        this.shape = shape;
        this.tensors = tensors;
    }

    /** Checks every tensor and names each that is at fault ({@code REFERENCE_INVALID}). */
    static ReferenceFile of(Safetensors file, RegisteredModel model) {
        if (!file.has(PIXELS)) {
            throw ActivationError.REFERENCE_INVALID.at(
                    PIXELS, "is missing: the preprocessed images [n, 3, height, width] that the hidden states are of");
        }
        List<FieldError> errors = new ArrayList<>();
        List<Long> images = file.info(PIXELS).shape();
        Preprocessing recipe = model.recipe();
        List<Long> expected = List.of(3L, (long) recipe.height(), (long) recipe.width());
        if (images.size() != 4 || !images.subList(1, 4).equals(expected)) {
            errors.add(new FieldError(
                    PIXELS,
                    "has the shape %s, expected [n, 3, %d, %d]: as the model's preprocessing makes them"
                            .formatted(images, recipe.height(), recipe.width())));
        } else if (images.getFirst() < 1 || images.getFirst() > MOST_IMAGES) {
            errors.add(new FieldError(
                    PIXELS, "has %d images; 1 to %d can be compared".formatted(images.getFirst(), MOST_IMAGES)));
        }
        List<String> names = file.names().stream()
                .filter(name -> !name.equals(PIXELS))
                .sorted()
                .toList();
        if (names.isEmpty()) {
            errors.add(new FieldError("source", "holds no tensor beside pixel_values: there is nothing to compare"));
        }
        file.names().stream().sorted().forEach(name -> check(file.info(name), images, model, errors));
        if (!errors.isEmpty()) {
            throw new TaxoscopeException(
                    ActivationError.REFERENCE_INVALID,
                    String.join(
                            "; ",
                            errors.stream()
                                    .map(e -> e.field() + ": " + e.message())
                                    .toList()),
                    errors);
        }
        return new ReferenceFile(
                file.floats(PIXELS),
                images.stream().mapToLong(Long::longValue).toArray(),
                names.stream()
                        .map(name -> new ReferenceTensor(name, file.info(name).shape(), file.floats(name)))
                        .toList());
    }

    private static void check(TensorInfo tensor, List<Long> images, RegisteredModel model, List<FieldError> errors) {
        if (tensor.dtype() != DType.F32) {
            errors.add(new FieldError(tensor.name(), "holds %s; write it as float32".formatted(tensor.dtype())));
        } else if (tensor.shape().isEmpty()
                || !tensor.shape().getFirst().equals(images.isEmpty() ? 0L : images.getFirst())) {
            errors.add(new FieldError(
                    tensor.name(),
                    "has the shape %s; its first axis must be that of pixel_values %s"
                            .formatted(tensor.shape(), images)));
        } else {
            model.description().taps().stream()
                    .filter(tap -> tap.name().equals(tensor.name()) && !ReferenceTensor.fits(tensor.shape(), tap))
                    .forEach(tap -> errors.add(new FieldError(tensor.name(), mismatch(tensor, tap))));
        }
    }

    private static String mismatch(TensorInfo tensor, Tap tap) {
        return "has the shape %s, which cannot be the tap's: %d vectors of width %d for each image, in the order %s"
                .formatted(tensor.shape(), tap.nTokens(), tap.width(), tap.layout());
    }

    float[] pixels() {
        return pixels;
    }

    /** Number of images, 3, height and width. */
    long[] shape() {
        return shape.clone();
    }

    List<ReferenceTensor> tensors() {
        return tensors;
    }
}

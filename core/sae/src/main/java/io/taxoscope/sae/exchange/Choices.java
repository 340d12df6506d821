package io.taxoscope.sae.exchange;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.sae.Activation;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.SaeError;
import io.taxoscope.sae.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The caller's options, and which of them a layout has asked for. */
final class Choices {
    private final ReadOptions given;
    private final Set<String> used = new HashSet<>();

    Choices(ReadOptions given) {
        this.given = given;
    }

    ReadOptions.@Nullable Kind activation() {
        used.add("activation");
        return given.activation();
    }

    int k(SaeFormat format) {
        used.add("k");
        Integer k = given.k();
        if (k == null || k < 1) {
            throw refused("k", "is needed: a file of %s does not say how many latents TOPK keeps".formatted(format));
        }
        return k;
    }

    double threshold(SaeFormat format) {
        used.add("threshold");
        Double threshold = given.threshold();
        if (threshold == null || !Double.isFinite(threshold)) {
            throw refused(
                    "threshold",
                    "is needed: this file of %s has no threshold, and JUMPRELU needs one".formatted(format));
        }
        return threshold;
    }

    /** 1 when none was given. */
    double inputScale() {
        used.add("inputScale");
        Double scale = given.inputScale();
        if (scale != null && !(scale > 0 && Double.isFinite(scale))) {
            throw refused("inputScale", "must be positive: " + scale);
        }
        return scale == null ? 1 : scale;
    }

    /** The activation that the caller names; the layout says nothing about it. */
    StoredSae activate(Parameters asStored, SaeFormat format) {
        ReadOptions.Kind kind = activation();
        if (kind == null) {
            throw refused(
                    "activation", "is needed: a file of %s does not say how codes are made sparse".formatted(format));
        }
        return switch (kind) {
            case RELU -> new StoredSae(asStored, new Activation.Relu());
            case TOPK -> new StoredSae(asStored, new Activation.TopK(atMost(k(format), asStored.shape())));
            case JUMPRELU ->
                new StoredSae(
                        asStored.with(
                                Parameters.THRESHOLD, filled(asStored.shape().latents(), threshold(format))),
                        new Activation.JumpRelu());
        };
    }

    static int atMost(int k, Shape shape) {
        if (k > shape.latents()) {
            throw refused("k", "%d latents cannot be active at once, of %d".formatted(k, shape.latents()));
        }
        return k;
    }

    static float[] filled(int length, double value) {
        float[] values = new float[length];
        Arrays.fill(values, (float) value);
        return values;
    }

    /** Refuses what no one has asked for. */
    void requireAllUsed(SaeFormat format) {
        List<FieldError> idle = new ArrayList<>();
        addIdle(idle, "activation", given.activation(), format);
        addIdle(idle, "k", given.k(), format);
        addIdle(idle, "threshold", given.threshold(), format);
        addIdle(idle, "inputScale", given.inputScale(), format);
        if (!idle.isEmpty()) {
            throw new TaxoscopeException(
                    SaeError.OPTION_WITHOUT_EFFECT,
                    String.join(
                            "; ",
                            idle.stream()
                                    .map(error -> error.field() + " " + error.message())
                                    .toList()),
                    idle);
        }
    }

    private void addIdle(List<FieldError> idle, String name, @Nullable Object value, SaeFormat format) {
        if (value != null && !used.contains(name)) {
            idle.add(new FieldError(
                    "options." + name, "has no effect on this file of %s; leave it out".formatted(format)));
        }
    }

    static TaxoscopeException refused(String option, String message) {
        String field = "options." + option;
        return new TaxoscopeException(
                SaeError.OPTION_NEEDED, field + " " + message, List.of(new FieldError(field, message)));
    }
}

package io.taxoscope.gateway.experiments;

import io.taxoscope.api.activation.ModelView.Tap;
import io.taxoscope.api.gateway.ExperimentSpec.Controls;
import io.taxoscope.api.sae.SaeConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks what is to stand beside the trained SAE, and fills in what was left out. */
final class ControlCheck {
    /** What a comparison of seeds can match one to one; refusing it after hours of training would be too late. */
    private static final int MOST_MATCHED = 8192;

    private ControlCheck() {}

    /** Neurons and principal directions are twice as many as the layer is wide, and may be too few for k. */
    static Controls controls(@Nullable Controls given, SaeConfig sae, List<Tap> taps, Findings findings) {
        Controls controls = Objects.requireNonNullElse(given, Controls.DEFAULT).resolve();
        for (Tap tap : taps) {
            Integer width = tap.width();
            if (width != null && sae.k() > 2L * width && !findings.has("sae.k")) {
                refuse("neurons", controls.neurons(), sae.k(), tap, findings);
                refuse("pca", controls.pca(), sae.k(), tap, findings);
            }
            if (Boolean.TRUE.equals(controls.secondSeed()) && latents(sae, width) > MOST_MATCHED) {
                findings.add(
                        "controls.secondSeed",
                        "needs at most %d latents to match with the first's, and the SAE on %s has %d"
                                .formatted(MOST_MATCHED, tap.name(), latents(sae, width)));
            }
        }
        return controls;
    }

    /** Latents of the SAE; 0 where the layer's width is not known yet. */
    private static long latents(SaeConfig sae, @Nullable Integer inputWidth) {
        Integer fixed = sae.width();
        Double expansion = sae.expansion();
        if (fixed != null) {
            return fixed;
        }
        return expansion == null || inputWidth == null ? 0 : Math.round(expansion * inputWidth);
    }

    private static void refuse(String control, @Nullable Boolean wanted, int k, Tap tap, Findings findings) {
        if (Boolean.TRUE.equals(wanted)) {
            findings.add(
                    "controls." + control,
                    "has only %d latents on %s, less than sae.k = %d; lower k or set this to false"
                            .formatted(2 * Objects.requireNonNull(tap.width()), tap.name(), k));
        }
    }

    /** The shares, ascending. */
    static @Nullable List<Double> curve(@Nullable List<Double> shares, SaeConfig sae, Findings findings) {
        if (shares == null) {
            return null;
        }
        int steps = sae.steps();
        if (sae.earlyStopping() != null && !shares.isEmpty()) {
            findings.add(
                    "curve", "cannot be promised with sae.earlyStopping, which may end before; leave one of them out");
        }
        var seen = new HashSet<Integer>();
        for (int i = 0; i < shares.size(); i++) {
            String field = "curve[%d]".formatted(i);
            @Nullable Double share = shares.get(i);
            if (share == null || !(share > 0 && share < 1)) {
                continue; // named already, by the document's constraints
            }
            int step = TrainingCurve.step(share, steps);
            if (step < 1 || step >= steps) {
                findings.add(
                        field,
                        "%s of %d steps is step %d; a checkpoint lies between the first and the last step"
                                .formatted(share, steps, step));
            } else if (!seen.add(step)) {
                findings.add(field, "%s of %d steps is step %d, like another".formatted(share, steps, step));
            }
        }
        return shares.stream().filter(Objects::nonNull).sorted().toList();
    }
}

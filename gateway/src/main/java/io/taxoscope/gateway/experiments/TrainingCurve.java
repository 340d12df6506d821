package io.taxoscope.gateway.experiments;

import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.SaeSpec;
import java.util.List;
import java.util.Objects;

/** The steps of a training at which its latents are scored too. */
final class TrainingCurve {
    private TrainingCurve() {}

    /** Ascending; none when the experiment asks for none. */
    static List<Integer> steps(ExperimentSpec spec) {
        int steps = totalSteps(spec);
        return Objects.requireNonNullElse(spec.curve(), List.<Double>of()).stream()
                .map(share -> step(share, steps))
                .sorted()
                .toList();
    }

    /** The finished step nearest to the share. */
    static int step(double share, int steps) {
        return Math.toIntExact(Math.round(share * steps));
    }

    /** 0 when the experiment trains nothing. */
    static int totalSteps(ExperimentSpec spec) {
        SaeSpec sae = Objects.requireNonNullElse(spec.sae(), SaeSpec.DEFAULT);
        return sae.id() == null ? sae.resolve(0).steps() : 0;
    }
}

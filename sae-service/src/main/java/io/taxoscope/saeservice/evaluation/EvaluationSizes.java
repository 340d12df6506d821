package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.sae.CreateEvaluation;
import java.util.Objects;

/**
 * How much an evaluation looks at, with every default filled in.
 *
 * @param probeExamples in either half
 */
record EvaluationSizes(int alignmentExamples, int neighbours, int probeExamples, double ridge) {
    static final int LEAST_ALIGNED = 20;
    private static final int DEFAULT_ALIGNED = 1000;
    private static final int DEFAULT_NEIGHBOURS = 10;
    private static final int DEFAULT_PROBED = 2000;
    private static final double DEFAULT_RIDGE = 0.01;

    static EvaluationSizes of(CreateEvaluation request, int nExamples) {
        return new EvaluationSizes(
                Math.min(Objects.requireNonNullElse(request.alignmentExamples(), DEFAULT_ALIGNED), nExamples),
                Objects.requireNonNullElse(request.neighbours(), DEFAULT_NEIGHBOURS),
                Math.min(Objects.requireNonNullElse(request.probeExamples(), DEFAULT_PROBED), nExamples / 2),
                Objects.requireNonNullElse(request.ridge(), DEFAULT_RIDGE));
    }
}

package io.taxoscope.saeservice.evaluation;

import io.taxoscope.api.sae.EvaluationView.Alignment;
import io.taxoscope.api.sae.EvaluationView.Likeness;
import io.taxoscope.linearalgebra.KernelAlignment;
import io.taxoscope.linearalgebra.LinearAlgebra;
import org.jspecify.annotations.Nullable;

/** CKNNA and CKA of x with x̂ and with z. */
final class AlignmentPart {
    private final LinearAlgebra algebra;
    private final EncodedRows rows;

    AlignmentPart(LinearAlgebra algebra, EncodedRows rows) {
        this.algebra = algebra;
        this.rows = rows;
    }

    Alignment report(EvaluationSizes sizes) {
        EncodedRows.Sample sample = rows.sample(rows.spread(sizes.alignmentExamples()));
        double[] x_nn = sample.products(algebra, sample);
        return new Alignment(
                sample.n(),
                sizes.neighbours(),
                likeness(x_nn, sample.productsOfReconstructions(algebra, sample), sample.n(), sizes.neighbours()),
                likeness(x_nn, sample.productsOfCodes(sample), sample.n(), sizes.neighbours()));
    }

    private static Likeness likeness(double[] x_nn, double[] other_nn, int n, int neighbours) {
        return new Likeness(
                defined(KernelAlignment.cknna(x_nn, other_nn, n, neighbours)),
                defined(KernelAlignment.cka(x_nn, other_nn, n)));
    }

    private static @Nullable Double defined(double value) {
        return Double.isFinite(value) ? value : null;
    }
}

package io.taxoscope.linearalgebra;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EigenCheckTest {
    private final LinearAlgebra reference = new ReferenceLinearAlgebra();
    private final double[] matrix = {2, 1, 1, 2};

    @Test
    void tellsEigenvectorsFromOthers() {
        SymmetricEigen right = reference.eigen(matrix, 2);
        SymmetricEigen notOrthogonal = SymmetricEigen.of(new double[] {3, 1}, new double[] {0.6, 0.8, 0.8, -0.5});
        SymmetricEigen wrongValue = SymmetricEigen.of(new double[] {3, 1.001}, right.vectors_dd());

        assertThat(EigenCheck.holds(reference, matrix, 2, right)).isTrue();
        assertThat(EigenCheck.holds(reference, matrix, 2, notOrthogonal)).isFalse();
        assertThat(EigenCheck.holds(reference, matrix, 2, wrongValue)).isFalse();
    }
}

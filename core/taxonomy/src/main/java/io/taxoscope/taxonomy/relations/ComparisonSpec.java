package io.taxoscope.taxonomy.relations;

/**
 * @param minSupport examples on which a latent must fire to take part
 * @param controlDraws draws behind each control
 * @param bootstrap resamples behind each confidence interval; 0 for none
 * @param seed decides draws and resamples
 */
public record ComparisonSpec(int minSupport, int controlDraws, int bootstrap, long seed) {
    int costlyDraws() {
        return Math.min(controlDraws, RelationSpec.MAX_COSTLY_DRAWS);
    }

    ControlledMean mean(double[] values, double[] draws) {
        return ControlledMean.of(values, draws, bootstrap, seed);
    }
}

package io.taxoscope.api.gateway;

import io.taxoscope.api.sae.EncodingView;
import io.taxoscope.api.taxonomy.HierarchyReport;
import java.util.List;

/**
 * The scores of one layer's SAE during its training, by ascending step.
 *
 * @param steps of the whole training
 */
public record LearningCurve(String layer, int steps, List<Point> points) {
    /**
     * @param step finished steps; 0 for the untrained SAE
     * @param share of the training
     */
    public record Point(int step, double share, EncodingView.Report sae, HierarchyReport hierarchy) {}
}

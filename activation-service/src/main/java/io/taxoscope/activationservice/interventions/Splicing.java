package io.taxoscope.activationservice.interventions;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.extractions.Batch;
import io.taxoscope.api.activation.InterventionView.Put;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.ShardSet;
import io.taxoscope.vision.splice.SplicedModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs one batch four times: as it is, with the replacement, with zeros, with the mean. */
final class Splicing {
    /** What the model gives may differ from what is stored by rounding, not by more. */
    private static final double MAX_DIFFERENCE = 0.01;

    private static final int ROWS = 1024;

    private final SplicedModel model;
    private final ShardSet activations;
    private final ShardSet replacement;
    private final float[] mean_d;

    Splicing(SplicedModel model, ShardSet activations, ShardSet replacement) {
        this.model = model;
        this.activations = activations;
        this.replacement = replacement;
        this.mean_d = mean(activations);
    }

    /** The model's outputs with each of them in the tap's place, [examples, width]. */
    Map<Put, float[]> outputs(Batch batch, List<Example> examples) {
        int d = activations.width();
        int[] rows = examples.stream().mapToInt(Example::index).toArray();
        float[] stored_bd = new float[rows.length * d];
        activations.gather(rows, rows.length, stored_bd);
        float[] replacement_bd = new float[rows.length * d];
        replacement.gather(rows, rows.length, replacement_bd);
        float[] mean_bd = new float[rows.length * d];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(mean_d, 0, mean_bd, row * d, d);
        }
        try (SplicedModel.Pass pass = model.run(batch.pixels(), batch.n())) {
            requireSame(pass.vectors_bd(), stored_bd, examples);
            Map<Put, float[]> outputs = new EnumMap<>(Put.class);
            outputs.put(Put.ORIGINAL, pass.output_bc());
            outputs.put(Put.REPLACEMENT, pass.outputWith(replacement_bd));
            outputs.put(Put.ZERO_ABLATION, pass.outputWith(new float[rows.length * d]));
            outputs.put(Put.MEAN_ABLATION, pass.outputWith(mean_bd));
            return outputs;
        }
    }

    private void requireSame(float[] computed_bd, float[] stored_bd, List<Example> examples) {
        int d = activations.width();
        for (int row = 0; row < examples.size(); row++) {
            double difference = 0;
            double length = 0;
            for (int i = row * d; i < (row + 1) * d; i++) {
                difference += Math.pow((double) computed_bd[i] - stored_bd[i], 2);
                length += Math.pow(stored_bd[i], 2);
            }
            if (difference > MAX_DIFFERENCE * MAX_DIFFERENCE * length) {
                throw ActivationError.INTERVENTION_INVALID.at(
                        "activations",
                        "row %d is not what the model computes for %s; extract them with this model"
                                .formatted(
                                        examples.get(row).index(),
                                        examples.get(row).path()));
            }
        }
    }

    private static float[] mean(ShardSet set) {
        double[] sum_d = new double[set.width()];
        float[] rows_bd = new float[ROWS * set.width()];
        for (int first = 0; first < set.nExamples(); first += ROWS) {
            int n = Math.min(ROWS, set.nExamples() - first);
            set.rows(first, n, rows_bd);
            for (int at = 0; at < n * set.width(); at++) {
                sum_d[at % set.width()] += rows_bd[at];
            }
        }
        float[] mean_d = new float[set.width()];
        for (int i = 0; i < mean_d.length; i++) {
            mean_d[i] = (float) (sum_d[i] / set.nExamples());
        }
        return mean_d;
    }
}

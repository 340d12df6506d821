package io.taxoscope.activationservice.interventions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.taxoscope.activationservice.interventions.Outcome.Effect;
import io.taxoscope.api.activation.CreateIntervention;
import io.taxoscope.api.activation.CreateIntervention.OutputKind;
import io.taxoscope.api.activation.InterventionView.Put;
import io.taxoscope.store.DatasetManifest.Example;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final List<Example> TWO = List.of(example(0), example(1));
    /** Two images, three classes; softmaxes by SciPy of (1, 2, 3), (0, -1, 4), (3, 2, 1) and (0, 0, 0). */
    private static final float[] LOGITS = {1, 2, 3, 0, -1, 4};

    private static final float[] PROBABILITIES = {0.090031f, 0.244728f, 0.665241f, 0.017868f, 0.006573f, 0.975559f};
    private static final float[] OTHER_LOGITS = {3, 2, 1, 0, 0, 0};
    private static final float[] OTHER_PROBABILITIES = {0.665241f, 0.244728f, 0.090031f, 1 / 3f, 1 / 3f, 1 / 3f};

    @Test
    void findsTheSameInProbabilitiesAsInTheirLogits() {
        List<Outcome> ofLogits = outcomes(OutputKind.LOGITS, LOGITS, OTHER_LOGITS);
        List<Outcome> ofProbabilities = outcomes(OutputKind.PROBABILITIES, PROBABILITIES, OTHER_PROBABILITIES);
        for (int i = 0; i < 2; i++) {
            Effect expected = effect(ofLogits.get(i));
            Effect found = effect(ofProbabilities.get(i));
            assertThat(found.kl()).isCloseTo(expected.kl(), within(1e-5));
            assertThat(found.best()).isEqualTo(expected.best());
        }
        // SciPy: sum p log(p / q) of the first image
        assertThat(effect(ofProbabilities.getFirst()).kl()).isCloseTo(1.150421, within(1e-5));
    }

    @Test
    void refusesASoftmaxOfASoftmax() {
        assertThatThrownBy(() -> outcomes(OutputKind.LOGITS, PROBABILITIES, OTHER_PROBABILITIES))
                .hasMessageContaining("PROBABILITIES")
                .hasMessageContaining("softmax");
        assertThatThrownBy(() -> outcomes(OutputKind.PROBABILITIES, LOGITS, OTHER_LOGITS))
                .hasMessageContaining("set it to LOGITS");
        float[] tooMuch = {0.5f, 0.5f, 0.5f, 0.2f, 0.3f, 0.5f};
        assertThatThrownBy(() -> outcomes(OutputKind.PROBABILITIES, tooMuch, OTHER_PROBABILITIES))
                .hasMessageContaining("add up to 1");
    }

    private static Effect effect(Outcome outcome) {
        return Objects.requireNonNull(outcome.effects().get(Put.REPLACEMENT));
    }

    private static List<Outcome> outcomes(OutputKind kind, float[] original, float[] replaced) {
        var request = new CreateIntervention("a", "b", null, kind, null, null, null, null);
        Comparison comparison = new Comparison(request);
        Map<Put, float[]> outputs = new EnumMap<>(Put.class);
        for (Put put : Put.values()) {
            outputs.put(put, put == Put.ORIGINAL ? original : replaced);
        }
        comparison.add(TWO, outputs);
        return comparison.take().outcomes();
    }

    private static Example example(int index) {
        return new Example(index, "image" + index, "label", "0".repeat(64), 32, 32);
    }
}

package io.taxoscope.saeservice.training;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.InMemoryActivations;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.training.Trainer;
import io.taxoscope.sae.training.TrainingConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Takes a few real steps of a training to learn how long one lasts. */
final class StepProbe {
    /** Examples that stand for all; time does not depend on how many there are. */
    private static final int EXAMPLES = 8_192;

    private static final int LEAST_STEPS = 3;
    private static final int MOST_STEPS = 200;

    private StepProbe() {}

    /**
     * @param seconds median of the later half of the steps, when compiled code has taken over
     * @param steps that were taken in all
     */
    record Outcome(double seconds, int steps) {}

    /** @param patience seconds after which no further step is begun */
    static Outcome run(ActivationSource source, TrainingConfig config, Kernel kernel, double patience) {
        int examples = Math.min(EXAMPLES, source.nExamples());
        float[] x_bd = new float[Math.multiplyExact(examples, source.width())];
        source.rows(0, examples, x_bd);
        List<Double> seconds = new ArrayList<>();
        try (Trainer trainer = Trainer.start(new InMemoryActivations(x_bd, source.width()), config, kernel)) {
            long start = System.nanoTime();
            while (!trainer.done() && seconds.size() < MOST_STEPS) {
                long before = System.nanoTime();
                trainer.advance();
                long now = System.nanoTime();
                seconds.add((now - before) / 1e9);
                if (seconds.size() >= LEAST_STEPS && now - start > patience * 1e9) {
                    break;
                }
            }
        }
        List<Double> later = new ArrayList<>(seconds.subList(seconds.size() / 2, seconds.size()));
        Collections.sort(later);
        return new Outcome(later.isEmpty() ? 0 : later.get(later.size() / 2), seconds.size());
    }
}

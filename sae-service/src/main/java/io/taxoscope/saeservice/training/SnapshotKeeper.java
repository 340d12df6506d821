package io.taxoscope.saeservice.training;

import io.taxoscope.sae.training.Trainer;
import java.util.Set;
import java.util.function.ObjIntConsumer;

/**
 * Keeps the weights of the asked steps, each before any later checkpoint is written: a resumed training, which starts at a
 * checkpoint, has missed none.
 */
record SnapshotKeeper(Set<Integer> steps, ObjIntConsumer<Trainer> keep) {
    void keepIfDue(Trainer trainer) {
        if (steps.contains(trainer.step())) {
            keep.accept(trainer, trainer.step());
        }
    }
}

package io.taxoscope.saeservice.training;

import io.taxoscope.sae.training.TrainingMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cuts a group into passes, each of as many trainings as memory holds at once, in their order. */
final class TrainingPasses {
    private TrainingPasses() {}

    /**
     * @param bytes that a pass may take; a training that does not fit alone has a pass of its own all the same
     */
    static <T> List<List<T>> cut(List<T> trainings, Function<T, TrainingMemory> memory, long bytes) {
        List<List<T>> passes = new ArrayList<>();
        List<T> pass = new ArrayList<>();
        for (T training : trainings) {
            pass.add(training);
            if (pass.size() > 1 && bytesOf(pass, memory) > bytes) {
                pass.removeLast();
                passes.add(pass);
                pass = new ArrayList<>(List.of(training));
            }
        }
        if (!pass.isEmpty()) {
            passes.add(pass);
        }
        return passes;
    }

    /** What trainings hold together, and the most that one of them takes in passing. */
    static <T> long bytesOf(List<T> pass, Function<T, TrainingMemory> memory) {
        long held = 0;
        long passing = 0;
        for (T training : pass) {
            TrainingMemory one = memory.apply(training);
            held += one.held();
            passing = Math.max(passing, one.passing());
        }
        return held + passing;
    }
}

package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;
import java.util.List;

/** The report on a layer and, latent by latent, what it rests on. */
public final class ScoringResult {
    private final LayerReport report;
    private final List<LatentScore> latents;
    private final StrongestExamples[] top;
    private final ClassTally[] tallies;

    ScoringResult(LayerReport report, List<LatentScore> latents, StrongestExamples[] top, ClassTally[] tallies) {
        this.report = report;
        this.latents = latents;
        this.top = top;
        this.tallies = tallies;
    }

    public LayerReport report() {
        return report;
    }

    /** One score for each latent, in their order. */
    public List<LatentScore> latents() {
        return latents;
    }

    /** The examples that stand for a latent, strongest first. */
    public List<ActiveExample> top(int latent) {
        return top[latent].strongestFirst();
    }

    /** The classes that activate a latent, ascending. */
    public List<ClassActivity> classes(int latent) {
        var tally = tallies[latent];
        return Arrays.stream(tally.slots())
                .mapToObj(slot -> new ClassActivity(
                        tally.classAt(slot),
                        tally.count(slot, Labels.SELECTION) + tally.count(slot, Labels.REPORT),
                        tally.mass(slot)))
                .toList();
    }

    /**
     * @param nActive examples of the class that activate the latent
     * @param mass sum of the latent's values over them
     */
    public record ClassActivity(int classIndex, int nActive, double mass) {}
}

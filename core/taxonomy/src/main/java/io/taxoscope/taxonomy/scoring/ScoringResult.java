package io.taxoscope.taxonomy.scoring;

import java.util.Arrays;
import java.util.List;

/** The report on a layer and, latent by latent, what it rests on. */
public final class ScoringResult {
    private final LayerReport report;
    private final List<LatentScore> latents;
    private final long[][] top;
    private final LatentClasses[] classes;

    ScoringResult(LayerReport report, List<LatentScore> latents, long[][] top, LatentClasses[] classes) {
        this.report = report;
        this.latents = latents;
        this.top = top;
        this.classes = classes;
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
        return Arrays.stream(top[latent])
                .mapToObj(firing -> new ActiveExample(Firing.example(firing), Firing.value(firing)))
                .toList();
    }

    /** The classes that activate a latent, ascending. */
    public List<ClassActivity> classes(int latent) {
        return classes[latent].toList();
    }

    /**
     * @param nActive examples of the class that activate the latent
     * @param mass sum of the latent's values over them
     */
    public record ClassActivity(int classIndex, int nActive, double mass) {}
}

package io.taxoscope.taxonomy.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Scores the latents of one tally after another, under the real labels and under each permutation of them. */
final class ScoringRun {
    /** Latents between two reports of progress. */
    private static final int BATCH = 256;

    private final Frame frame;
    private final Labels labels;
    private final LatentScore[] scores;
    private final LatentClasses[] classes;
    private final long[][] top;
    private final ScoredLatents real;
    private final List<ScoredLatents> permuted = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();

    ScoringRun(Frame frame, Labels labels, int nLatents) {
        this.frame = frame;
        this.labels = labels;
        this.scores = new LatentScore[nLatents];
        this.classes = new LatentClasses[nLatents];
        this.top = new long[nLatents][];
        this.real = new ScoredLatents(frame, nLatents);
        var shuffled = new ArrayList<Labels>();
        for (int i = 0; i < frame.spec().permutations(); i++) {
            shuffled.add(
                    labels.permuted(Randomness.PERMUTATION.stream(frame.spec().seed(), i)));
            permuted.add(new ScoredLatents(frame, nLatents));
        }
        // More than threads, so that one with busy latents does not keep the others waiting.
        int nWorkers = Math.min(nLatents, 4 * Runtime.getRuntime().availableProcessors());
        var reportHalf = new Hypergeometric(labels.inHalf(Labels.REPORT));
        for (int i = 0; i < nWorkers; i++) {
            workers.add(new Worker(
                    new LatentScorer(frame, labels, reportHalf),
                    shuffled.stream()
                            .map(each -> new LatentScorer(frame, each, reportHalf))
                            .toList()));
        }
    }

    private record Worker(LatentScorer real, List<LatentScorer> permuted) {}

    /** @param progress told the latents that are done; may throw to stop */
    void score(Tally tally, ScoringProgress progress) {
        for (int first = tally.from(); first < tally.to(); first += BATCH) {
            int from = first;
            int to = Math.min(first + BATCH, tally.to());
            IntStream.range(0, workers.size()).parallel().forEach(number -> {
                for (int latent = from + number; latent < to; latent += workers.size()) {
                    score(workers.get(number), latent, tally);
                }
            });
            progress.latentsScored(to);
        }
    }

    private void score(Worker worker, int latent, Tally tally) {
        long[] firings = tally.strongestFirst(latent);
        var score = worker.real().score(latent, firings);
        scores[latent] = score;
        classes[latent] = worker.real().classes();
        real.put(score);
        top[latent] =
                Arrays.copyOf(firings, Math.min(firings.length, frame.spec().topK()));
        for (int i = 0; i < permuted.size(); i++) {
            permuted.get(i).put(worker.permuted().get(i).score(latent, firings));
        }
    }

    ScoringResult result() {
        for (var worker : workers) {
            merge(worker.real(), real);
            for (int i = 0; i < permuted.size(); i++) {
                merge(worker.permuted().get(i), permuted.get(i));
            }
        }
        real.adjust();
        permuted.forEach(ScoredLatents::adjust);
        var report = new LayerSummary(frame, labels, real, permuted).report();
        return new ScoringResult(report, withQValues(), top, classes);
    }

    private static void merge(LatentScorer from, ScoredLatents into) {
        for (Criterion criterion : LayerSummary.COVERING) {
            into.merge(criterion, from.bestSynsets().champions(criterion));
        }
    }

    private List<LatentScore> withQValues() {
        Map<Criterion, double[]> q = new EnumMap<>(Criterion.class);
        for (Criterion criterion : Criterion.values()) {
            q.put(criterion, real.qValues(criterion));
        }
        return Arrays.stream(scores)
                .map(score -> {
                    Map<Criterion, Double> own = new EnumMap<>(Criterion.class);
                    score.best()
                            .keySet()
                            .forEach(criterion ->
                                    own.put(criterion, Objects.requireNonNull(q.get(criterion))[score.latent()]));
                    return score.withQValues(own);
                })
                .toList();
    }
}

package io.taxoscope.bench.planted;

import io.taxoscope.sae.ActivationSource;
import io.taxoscope.sae.Architecture;
import io.taxoscope.sae.DecoderConstraint;
import io.taxoscope.sae.JumpPenalty;
import io.taxoscope.sae.Optimizer;
import io.taxoscope.sae.Parameters;
import io.taxoscope.sae.PreActivationLoss;
import io.taxoscope.sae.Prefixes;
import io.taxoscope.sae.TrainingState;
import io.taxoscope.sae.kernel.Codes;
import io.taxoscope.sae.kernel.Kernel;
import io.taxoscope.sae.kernel.VectorKernel;
import io.taxoscope.sae.training.Conventions;
import io.taxoscope.sae.training.DecoderBias;
import io.taxoscope.sae.training.DecoderStart;
import io.taxoscope.sae.training.InputScale;
import io.taxoscope.sae.training.LearningRate;
import io.taxoscope.sae.training.Trainer;
import io.taxoscope.sae.training.TrainingConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Trains architectures on a {@link PlantedForest} and prints a line of {@link PlantedScores} for each: {@code PlantedBenchmark
 * WIDTH LATENTS K STEPS BATCH THREADS [NAME …]}. 128 roots, four children each, three levels below them, as SynthSAEBench
 * has it.
 */
public final class PlantedBenchmark {
    private static final int ROOTS = 128;
    private static final int BRANCHING = 4;
    private static final int DEPTH = 3;
    private static final int EVALUATED = 8_192;

    private PlantedBenchmark() {}

    public static void main(String[] args) {
        int[] sizes = Arrays.stream(args, 0, 6).mapToInt(Integer::parseInt).toArray();
        List<String> wanted = List.of(args).subList(6, args.length);
        PlantedForest forest = new PlantedForest(sizes[0], ROOTS, BRANCHING, DEPTH, 1);
        System.out.printf(Locale.ROOT, "features %d, active %.1f%n", forest.features(), forest.meanActive());
        ActivationSource source = new DrawnActivations(forest, Math.multiplyExact(sizes[3], sizes[4]), 2);
        runs(sizes[1], sizes[2]).forEach((name, run) -> {
            if (wanted.isEmpty() || wanted.contains(name)) {
                run(forest, source, name, run, sizes);
            }
        });
    }

    private record Run(Architecture architecture, Optimizer optimizer, Conventions conventions) {}

    private static Map<String, Run> runs(int latents, int k) {
        Prefixes prefixes = new Prefixes.Fixed(List.of(latents / 16, latents / 8, latents / 4, latents / 2, latents));
        int parents = latents / 5;
        Conventions free = Conventions.of(false);
        Conventions unit = Conventions.of(true);
        Conventions archetypal = new Conventions(
                new DecoderConstraint.Archetypal(Math.min(1024, latents), 1),
                true,
                DecoderStart.RANDOM,
                InputScale.ABOUT_BIAS,
                null);
        Architecture batch = new Architecture.BatchTopK(k, 0.01f, null);
        Map<String, Run> runs = new LinkedHashMap<>();
        runs.put("BatchTopK", new Run(batch, Optimizer.ADAM, unit));
        runs.put("Matryoshka", new Run(new Architecture.Matryoshka(k, prefixes, 0.01f, null), Optimizer.ADAM, unit));
        runs.put("TopK", new Run(new Architecture.TopK(k, null), Optimizer.ADAM, unit));
        runs.put(
                "MSAE",
                new Run(
                        new Architecture.NestedTopK(
                                List.of(k / 2, k, 2 * k), Architecture.NestedTopK.Weighting.REVERSE, null),
                        Optimizer.ADAM,
                        unit));
        runs.put("Relu", new Run(new Architecture.Relu(16), Optimizer.ADAM, unit));
        runs.put(
                "JumpRelu",
                new Run(
                        new Architecture.JumpRelu(
                                new JumpPenalty.TargetL0(20, k), 1, 1, true, new PreActivationLoss(0.01f, 50_000)),
                        Optimizer.ADAM,
                        unit));
        runs.put("Gated", new Run(new Architecture.Gated(16), Optimizer.ADAM, unit));
        runs.put("H-SAE", new Run(new Architecture.Hierarchical(k, parents, 4, 4, 0.1f), Optimizer.ADAM, unit));
        runs.put("RA-SAE", new Run(new Architecture.TopK(k, null), Optimizer.ADAM, archetypal));
        Optimizer muon = new Optimizer(new Optimizer.Rule.Muon(0.95f, 0), Float.POSITIVE_INFINITY);
        runs.put("BatchTopK, Muon", new Run(batch, muon, free));
        return runs;
    }

    private static void run(PlantedForest forest, ActivationSource source, String name, Run run, int[] sizes) {
        long start = System.nanoTime();
        int latents = run.architecture() instanceof Architecture.Hierarchical tree ? tree.latents() : sizes[1];
        TrainingConfig config = new TrainingConfig(
                latents,
                run.architecture(),
                sizes[3],
                sizes[4],
                new LearningRate(3e-3f, 40, LearningRate.Decay.LINEAR_TO_ZERO),
                run.optimizer(),
                run.conventions(),
                DecoderBias.MEAN,
                3);
        Kernel kernel = new VectorKernel(sizes[5]);
        TrainingState trained;
        try (Trainer trainer = Trainer.start(source, config, kernel)) {
            while (!trainer.done()) {
                trainer.advance();
            }
            trained = trainer.snapshot();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        PlantedScores scores = judge(forest, trained.exportedWeights(), run.architecture(), kernel);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %.4f | %.4f | %.4f | %.4f | %d | %.0f s |%n",
                name,
                latents,
                scores.l0(),
                scores.f1(),
                scores.mcc(),
                scores.uniqueness(),
                scores.explainedVariance(),
                scores.deadLatents(),
                seconds);
    }

    private static PlantedScores judge(
            PlantedForest forest, Parameters weights, Architecture architecture, Kernel kernel) {
        int width = forest.width();
        int n = 512;
        var collector = new PlantedScores.Collector(weights.wDec_sd(), forest.direction_fd(), width);
        SplittableRandom random = new SplittableRandom(99);
        float[] x_bd = new float[n * width];
        float[] xhat_bd = new float[n * width];
        Codes codes = Codes.of(architecture.activation(), n);
        try (var session = kernel.encode(weights, architecture.activation(), n)) {
            for (int done = 0; done < EVALUATED; done += n) {
                float[] magnitude_bf = new float[n * forest.features()];
                forest.draw(random, n, x_bd, magnitude_bf);
                session.encode(x_bd, n, codes);
                session.decode(codes, n, xhat_bd);
                collector.add(x_bd, xhat_bd, codes, magnitude_bf, n);
            }
        }
        return collector.scores();
    }
}

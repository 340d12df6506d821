package io.taxoscope.bench;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.Codes;
import io.taxoscope.store.CodesSpec;
import io.taxoscope.store.CodesWriter;
import io.taxoscope.store.ContentStore;
import io.taxoscope.taxonomy.Ilsvrc2012;
import io.taxoscope.taxonomy.Taxonomy;
import io.taxoscope.taxonomy.WordNet;
import io.taxoscope.taxonomy.scoring.Criterion;
import io.taxoscope.taxonomy.scoring.HierarchyScoring;
import io.taxoscope.taxonomy.scoring.LatentScore;
import io.taxoscope.taxonomy.scoring.ScoringResult;
import io.taxoscope.taxonomy.scoring.ScoringSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Times the scoring of made-up codes over the 1,000 classes of ILSVRC-2012. {@code generate FOLDER EXAMPLES LATENTS K}
 * writes codes; {@code score FOLDER REF PERMUTATIONS CHANCE_DRAWS BOOTSTRAP ROUNDS} scores them and prints a line of JSON
 * for each round. {@code bench/python/scoring.py} sets them beside SciPy.
 */
public final class ScoringBenchmark {
    private static final int EXAMPLES_PER_SHARD = 20_000;
    private static final int NOISE = 4;
    private static final int TOP_K = 10;

    private ScoringBenchmark() {}

    public static void main(String[] args) throws IOException {
        var taxonomy = Taxonomy.over(WordNet.load().dag(), Ilsvrc2012.classes());
        var folder = Path.of(args[1]);
        switch (args[0]) {
            case "generate" -> {
                int[] sizes =
                        Arrays.stream(args, 2, 5).mapToInt(Integer::parseInt).toArray();
                Files.createDirectories(folder);
                writeNodes(taxonomy, folder.resolve("nodes.txt"));
                System.out.println(
                        generate(taxonomy, folder, sizes[0], sizes[1], sizes[2]).hex());
            }
            case "score" -> {
                int[] numbers =
                        Arrays.stream(args, 3, 7).mapToInt(Integer::parseInt).toArray();
                var spec = new ScoringSpec(TOP_K, .9, Math.max(1, numbers[1]), numbers[0], numbers[2], 1);
                var codes = Codes.open(ContentStore.at(folder), new Sha256(args[2]));
                for (int round = 0; round < numbers[3]; round++) {
                    score(taxonomy, codes, spec, folder.resolve("scores.tsv"));
                }
            }
            default -> throw new IllegalArgumentException("generate or score, not " + args[0]);
        }
    }

    /** One line for each reachable node: its number, its preference, the classes below it. */
    private static void writeNodes(Taxonomy taxonomy, Path file) throws IOException {
        Files.write(
                file,
                IntStream.range(0, taxonomy.nNodes())
                        .filter(taxonomy::isReachable)
                        .mapToObj(node -> node + " " + taxonomy.preference(node) + " "
                                + Arrays.stream(taxonomy.classesBelow(node))
                                        .mapToObj(String::valueOf)
                                        .collect(Collectors.joining(",")))
                        .toList());
    }

    private static Sha256 generate(Taxonomy taxonomy, Path folder, int examples, int latents, int k) {
        var codes = new SyntheticCodes(taxonomy, latents, k, NOISE, 7);
        var spec = new CodesSpec(Sha256.of("synthetic"), Sha256.of("synthetic"), latents, examples, EXAMPLES_PER_SHARD);
        var writer = CodesWriter.open(ContentStore.at(folder), "generate", spec);
        for (int shard = 0; shard < writer.nShards(); shard++) {
            var rows = codes.rows(writer.firstExample(shard), writer.examplesIn(shard));
            writer.commit(shard, rows.indptr(), rows.indices(), rows.values());
        }
        return writer.seal();
    }

    private static void score(Taxonomy taxonomy, Codes codes, ScoringSpec spec, Path scores) throws IOException {
        int[] classOf = IntStream.range(0, codes.nExamples())
                .map(example -> example % taxonomy.nClasses())
                .toArray();
        long processorStart = processorNanos();
        long start = System.nanoTime();
        var result = new HierarchyScoring(taxonomy, spec).score(new ShardedCodes(codes), classOf);
        double seconds = (System.nanoTime() - start) / 1e9;
        double processorSeconds = (processorNanos() - processorStart) / 1e9;
        Files.write(scores, lines(result));
        System.out.printf(
                Locale.ROOT,
                "{\"wallSeconds\": %.3f, \"processorSeconds\": %.3f, \"peakMegabytes\": %d, \"eligible\": %d,"
                        + " \"significant\": \"%s\"}%n",
                seconds,
                processorSeconds,
                peakKilobytes() / 1024,
                result.report().nEligible(),
                result.report().significance().latents().get(Criterion.F1));
    }

    /** Each latent's best node and score by F1, AP and AUROC, on the selection half chosen, on the other reported. */
    private static List<String> lines(ScoringResult result) {
        return result.latents().stream()
                .filter(LatentScore::eligible)
                .map(score -> score.latent() + " "
                        + Stream.of(Criterion.F1, Criterion.AP, Criterion.AUROC)
                                .map(criterion -> best(score, criterion))
                                .collect(Collectors.joining(" ")))
                .toList();
    }

    private static String best(LatentScore score, Criterion criterion) {
        var best = score.best(criterion);
        if (best == null) {
            return "-1 0";
        }
        return best.node() + " "
                + switch (criterion) {
                    case F1 -> best.f1();
                    case AP -> best.ap();
                    default -> best.auroc();
                };
    }

    /** Time that all threads of this process have run, the compiler's and the collector's included. */
    private static long processorNanos() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
    }

    /** Most memory that the process has held, heap and all else. */
    private static long peakKilobytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}

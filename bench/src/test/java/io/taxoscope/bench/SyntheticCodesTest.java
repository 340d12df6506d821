package io.taxoscope.bench;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.taxoscope.taxonomy.scoring.ScoringResult;
import io.taxoscope.taxonomy.scoring.ScoringSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planted in made-up codes is what the scores find. */
class SyntheticCodesTest {
    private static final int EXAMPLES = 60_000;
    private static final int LATENTS = 600;
    private static final Taxonomy TAXONOMY = Taxonomy.over(WordNet.load().dag(), Ilsvrc2012.classes());
    private static final SyntheticCodes CODES = new SyntheticCodes(TAXONOMY, LATENTS, 8, 2, 3);

    @TempDir
    private Path folder;

    private ScoringResult scored() {
        var store = ContentStore.at(folder);
        var spec = new CodesSpec(Sha256.of("sae"), Sha256.of("activations"), LATENTS, EXAMPLES, 25_000);
        var writer = CodesWriter.open(store, "job", spec);
        for (int shard = 0; shard < writer.nShards(); shard++) {
            var rows = CODES.rows(writer.firstExample(shard), writer.examplesIn(shard));
            writer.commit(shard, rows.indptr(), rows.indices(), rows.values());
        }
        int[] classOf = IntStream.range(0, EXAMPLES).map(CODES::classOf).toArray();
        return new HierarchyScoring(TAXONOMY, new ScoringSpec(10, .9, 100, 0, 0, 1))
                .score(new ShardedCodes(Codes.open(store, writer.seal())), classOf);
    }

    @Test
    void scoresFindThePlantedSynsetsAndTheDroppedChildren() {
        var result = scored();
        int found = 0;
        int specific = 0;
        for (var score : result.latents()) {
            int planted = CODES.plantedNode(score.latent());
            int dropped = CODES.droppedChild(score.latent());
            var best = score.best(Criterion.AP);
            boolean hasManyClasses = TAXONOMY.classesBelow(planted).length > 300;
            if (best != null && dropped < 0 && !hasManyClasses) {
                specific++;
                found += best.node() == planted ? 1 : 0;
            }
            // Noise alone reaches the dropped child: 2 of 8 firings, spread over 600 latents and 1,000 classes.
            if (dropped >= 0) {
                int[] silent = TAXONOMY.classesBelow(dropped);
                double perClass = result.classes(score.latent()).stream()
                        .filter(each -> Arrays.binarySearch(silent, each.classIndex()) >= 0)
                        .mapToInt(ScoringResult.ClassActivity::nActive)
                        .sum();
                double noise = EXAMPLES / 1000.0 * 8 / LATENTS * silent.length;
                assertThat(perClass).as("latent %d", score.latent()).isLessThan(noise + 6 * Math.sqrt(noise) + 6);
            }
        }
        assertThat(specific).isGreaterThan(300);
        assertThat((double) found / specific).isGreaterThan(.9);
    }

    @Test
    void rowsDoNotDependOnHowTheyAreCut() {
        var whole = CODES.rows(100, 20);
        var tail = CODES.rows(110, 10);

        assertThat(tail.indices()).isEqualTo(Arrays.copyOfRange(whole.indices(), 80, 160));
        assertThat(tail.values()).isEqualTo(Arrays.copyOfRange(whole.values(), 80, 160));
        assertThat(whole.indptr()).startsWith(0, 8, 16).endsWith(160);
    }
}

package io.taxoscope.taxonomy.scoring;

import static io.taxoscope.taxonomy.Nouns.ILSVRC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shards may be tallied anywhere, in any order and grouping; ranges of latents may be scored one after another. */
class TallyTest {
    private static final int LATENTS = 7;
    private static final int[] CLASS_OF = ChanceTest.uniform(3);
    private static final HierarchyScoring SCORING = new HierarchyScoring(ILSVRC, new ScoringSpec(5, .9, 50, 2, 20, 9));
    private static final float[][] VALUES = values();

    /** Of few levels, so that ties meet across shards; latent 6 is silent. */
    private static float[][] values() {
        var random = new SplittableRandom(2);
        var values = new float[CLASS_OF.length][LATENTS];
        for (float[] row : values) {
            for (int j = 0; j < LATENTS - 1; j++) {
                row[j] = random.nextInt(10) < 2 ? 1 + random.nextInt(4) : 0;
            }
        }
        return values;
    }

    private static List<Tally> shards() {
        return IntStream.range(0, 4)
                .mapToObj(shard -> Tally.of(new Shard(PlantedCodes.of(VALUES, 750), shard)))
                .toList();
    }

    /** One block of some codes. */
    private record Shard(CodeSource codes, int number) implements CodeSource {
        @Override
        public int nExamples() {
            return codes.nExamples();
        }

        @Override
        public int nLatents() {
            return codes.nLatents();
        }

        @Override
        public void forEachBlock(Consumer<CodeBlock> use) {
            var blocks = new ArrayList<CodeBlock>();
            codes.forEachBlock(blocks::add);
            use.accept(blocks.get(number));
        }
    }

    @Test
    void anyOrderAndGroupingOfShardsScoresLikeOnePass() {
        var whole = SCORING.score(PlantedCodes.of(VALUES, 3000), CLASS_OF);
        var s = shards();
        var leftToRight = s.get(0).merge(s.get(1)).merge(s.get(2)).merge(s.get(3));
        var grouped = s.get(0).merge(s.get(1)).merge(s.get(2).merge(s.get(3)));
        var backwards = s.get(3).merge(s.get(1)).merge(s.get(2).merge(s.get(0)));

        for (var tally : List.of(leftToRight, grouped, backwards)) {
            var scored = SCORING.score(tally, CLASS_OF);
            assertThat(scored.report()).isEqualTo(whole.report());
            assertThat(scored.latents()).isEqualTo(whole.latents());
            assertThat(scored.top(2)).isEqualTo(whole.top(2));
            assertThat(scored.classes(2)).isEqualTo(whole.classes(2));
        }
    }

    @Test
    void latentsThatDoNotFitTheBudgetAreScoredInFurtherPasses() {
        var passes = new int[1];
        var codes = new CodeSource() {
            @Override
            public int nExamples() {
                return VALUES.length;
            }

            @Override
            public int nLatents() {
                return LATENTS;
            }

            @Override
            public void forEachBlock(Consumer<CodeBlock> use) {
                passes[0]++;
                PlantedCodes.of(VALUES, 100).forEachBlock(use);
            }
        };
        var whole = SCORING.score(PlantedCodes.of(VALUES, 3000), CLASS_OF);

        // About 600 firings of eight bytes for each latent.
        var scored = SCORING.score(codes, CLASS_OF, 12_000, ScoringProgress.IGNORED);

        assertThat(passes[0]).isBetween(3, LATENTS);
        assertThat(scored.report()).isEqualTo(whole.report());
        assertThat(scored.latents()).isEqualTo(whole.latents());
    }

    @Test
    void survivesBeingWrittenAndRead() throws IOException {
        var bytes = new ByteArrayOutputStream();
        shards().getFirst().write(bytes);
        var read = Tally.read(new ByteArrayInputStream(bytes.toByteArray()));

        for (int latent = 0; latent < LATENTS; latent++) {
            assertThat(read.strongestFirst(latent))
                    .isEqualTo(shards().getFirst().strongestFirst(latent));
        }
    }

    @Test
    void refusesToAddDifferentLatents() {
        assertThatThrownBy(() -> shards().getFirst().merge(new Tally(0, 3)))
                .hasMessage("tallies of latents 0 to 6 and 0 to 2 do not add up");
    }
}

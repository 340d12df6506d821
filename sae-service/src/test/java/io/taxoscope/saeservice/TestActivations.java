package io.taxoscope.saeservice;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import java.util.Arrays;
import java.util.Random;

/** A small shard set of sparse sums of random directions. */
final class TestActivations {
    static final int WIDTH = 24;
    static final int EXAMPLES = 3_000;

    private static final int PER_SHARD = 1_000;

    private TestActivations() {}

    static Sha256 write(ContentStore store, long seed) {
        float[] acts_bd = generate(seed);
        var spec = new ShardSetSpec(
                "blocks.5.resid_post", 5, "CLS", WIDTH, EXAMPLES, PER_SHARD, "test-model", Sha256.of("dataset"));
        var writer = ShardSetWriter.open(store, "make-" + seed, spec);
        for (int shard = 0; shard < EXAMPLES / PER_SHARD; shard++) {
            int from = shard * PER_SHARD * WIDTH;
            writer.commit(shard, Arrays.copyOfRange(acts_bd, from, from + PER_SHARD * WIDTH));
        }
        return writer.seal();
    }

    static float[] generate(long seed) {
        Random random = new Random(seed);
        float[] direction_sd = new float[40 * WIDTH];
        for (int i = 0; i < direction_sd.length; i++) {
            direction_sd[i] = (float) random.nextGaussian();
        }
        float[] acts_bd = new float[EXAMPLES * WIDTH];
        for (int example = 0; example < EXAMPLES; example++) {
            for (int j = 0; j < 3; j++) {
                int row = random.nextInt(40) * WIDTH;
                float strength = 1 + random.nextFloat();
                for (int i = 0; i < WIDTH; i++) {
                    acts_bd[example * WIDTH + i] += strength * direction_sd[row + i];
                }
            }
        }
        return acts_bd;
    }
}

package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.CodesSpec;
import io.taxoscope.store.CodesWriter;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.DatasetManifest.Example;
import io.taxoscope.store.Safetensors;
import io.taxoscope.store.ShardSetSpec;
import io.taxoscope.store.ShardSetWriter;
import io.taxoscope.store.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Four classes with 50 images each, their activations one axis a class, and an SAE of six latents: the first fires on both
 * dogs, the next three on shepherds, tabbies and bananas, the fifth on three images, the last never. {@code shift} turns
 * the latents round: latent {@code j} of the original is {@code (j + shift) % 6}.
 */
public record TestDictionary(String codes, String dataset, String shardSet) {
    public static final int LATENTS = 6;
    public static final Map<String, String> LABELS =
            Map.of("retriever", "n02099601", "shepherd", "n02106662", "tabby", "n02123045", "banana", "n07753592");

    private static final List<String> CLASSES = List.of("retriever", "shepherd", "tabby", "banana");
    private static final int IMAGES = 200;
    private static final int WIDTH = 4;

    public static TestDictionary in(ContentStore store, String datasetName, int shift) {
        var dataset = dataset(store, datasetName);
        var shardSet = shardSet(store, dataset);
        return new TestDictionary(
                codes(store, weights(store, shift), shardSet, shift).hex(), dataset.hex(), shardSet.hex());
    }

    /** Codes whose manifest names activations and weights that are not there. */
    public static TestDictionary alone(ContentStore store, String datasetName) {
        var dataset = dataset(store, datasetName);
        var gone = Sha256.of("gone");
        return new TestDictionary(codes(store, gone, gone, 0).hex(), dataset.hex(), gone.hex());
    }

    private static Sha256 dataset(ContentStore store, String name) {
        return DatasetManifest.write(
                store,
                IntStream.range(0, IMAGES)
                        .mapToObj(i -> new Example(
                                i,
                                name + "/" + i,
                                CLASSES.get(i % 4),
                                Sha256.of("no image").hex(),
                                64,
                                64))
                        .toList());
    }

    private static Sha256 shardSet(ContentStore store, Sha256 dataset) {
        var spec = new ShardSetSpec("blocks.1.resid_post", 1, "CLS", WIDTH, IMAGES, 64, "a model", dataset);
        var writer = ShardSetWriter.open(store, "test-" + UUID.randomUUID(), spec);
        for (int shard = 0; shard < writer.nShards(); shard++) {
            float[] x_bd = new float[writer.examplesIn(shard) * WIDTH];
            for (int row = 0; row < writer.examplesIn(shard); row++) {
                x_bd[row * WIDTH + (writer.firstExample(shard) + row) % 4] = 1;
            }
            writer.commit(shard, x_bd);
        }
        return writer.seal();
    }

    private static Sha256 weights(ContentStore store, int shift) {
        float half = (float) Math.sqrt(.5);
        float[][] rows = {
            {half, half, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}, {half, 0, half, 0}, {0, 0, half, half}
        };
        float[] decoder = new float[LATENTS * WIDTH];
        for (int latent = 0; latent < LATENTS; latent++) {
            System.arraycopy(rows[latent], 0, decoder, (latent + shift) % LATENTS * WIDTH, WIDTH);
        }
        return store.put(out -> Safetensors.write(
                out,
                Map.of(),
                List.of(Tensor.of("W_dec", decoder, LATENTS, WIDTH), Tensor.of("b_dec", new float[WIDTH], WIDTH))));
    }

    private static Sha256 codes(ContentStore store, Sha256 sae, Sha256 shardSet, int shift) {
        var writer =
                CodesWriter.open(store, "test-" + UUID.randomUUID(), new CodesSpec(sae, shardSet, LATENTS, IMAGES, 64));
        for (int shard = 0; shard < writer.nShards(); shard++) {
            int rows = writer.examplesIn(shard);
            long[] indptr = new long[rows + 1];
            var indices = new ArrayList<Integer>();
            for (int row = 0; row < rows; row++) {
                int image = writer.firstExample(shard) + row;
                IntStream.range(0, LATENTS)
                        .filter(latent -> fires(latent, image))
                        .map(latent -> (latent + shift) % LATENTS)
                        .sorted()
                        .forEach(indices::add);
                indptr[row + 1] = indices.size();
            }
            float[] values = new float[indices.size()];
            for (int at = 0; at < values.length; at++) {
                values[at] = 1 + at % 7;
            }
            writer.commit(shard, indptr, indices.stream().mapToInt(i -> i).toArray(), values);
        }
        return writer.seal();
    }

    private static boolean fires(int latent, int image) {
        return switch (latent) {
            case 0 -> image % 4 < 2;
            case 1, 2, 3 -> image % 4 == latent;
            case 4 -> image < 3;
            default -> false;
        };
    }
}

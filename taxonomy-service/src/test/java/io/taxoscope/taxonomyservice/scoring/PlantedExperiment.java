package io.taxoscope.taxonomyservice.scoring;

import io.taxoscope.common.Sha256;
import io.taxoscope.store.CodesSpec;
import io.taxoscope.store.CodesWriter;
import io.taxoscope.store.ContentStore;
import io.taxoscope.store.DatasetManifest;
import io.taxoscope.store.DatasetManifest.Example;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A dataset of four classes with 50 images each, and codes of six latents: 0 fires on both dogs, 1 on the tabby, 2 on the
 * banana, 3 on every image, 4 on three images, 5 never.
 */
record PlantedExperiment(String codes, String dataset, Map<String, String> labels) {
    static final int IMAGES = 200;
    private static final List<String> LABELS = List.of("retriever", "shepherd", "tabby", "banana");
    private static final List<String> WNIDS = List.of("n02099601", "n02106662", "n02123045", "n07753592");

    static PlantedExperiment in(ContentStore store) {
        var labels = new LinkedHashMap<String, String>();
        IntStream.range(0, 4).forEach(i -> labels.put(LABELS.get(i), WNIDS.get(i)));
        return new PlantedExperiment(
                codes(store, 6).hex(), dataset(store, LABELS).hex(), labels);
    }

    static Sha256 dataset(ContentStore store, List<String> labels) {
        var hash = Sha256.of("no image").hex();
        return DatasetManifest.write(
                store,
                IntStream.range(0, IMAGES)
                        .mapToObj(i -> {
                            var label = labels.get(i % labels.size());
                            return new Example(i, label + "/" + i + ".jpg", label, hash, 64, 64);
                        })
                        .toList());
    }

    /** Codes of the first latents alone. */
    static Sha256 codes(ContentStore store, int latents) {
        var spec = new CodesSpec(Sha256.of("an SAE"), Sha256.of("a shard set"), latents, IMAGES, 64);
        var writer = CodesWriter.open(store, "test-" + UUID.randomUUID(), spec);
        for (int shard = 0; shard < writer.nShards(); shard++) {
            commit(writer, shard, latents);
        }
        return writer.seal();
    }

    private static void commit(CodesWriter writer, int shard, int latents) {
        int rows = writer.examplesIn(shard);
        long[] indptr = new long[rows + 1];
        var indices = new ArrayList<Integer>();
        for (int row = 0; row < rows; row++) {
            int image = writer.firstExample(shard) + row;
            IntStream.range(0, latents).filter(latent -> fires(latent, image)).forEach(indices::add);
            indptr[row + 1] = indices.size();
        }
        float[] values = new float[indices.size()];
        for (int at = 0; at < values.length; at++) {
            values[at] = 1 + at % 7;
        }
        writer.commit(shard, indptr, indices.stream().mapToInt(i -> i).toArray(), values);
    }

    private static boolean fires(int latent, int image) {
        int label = image % 4;
        return switch (latent) {
            case 0 -> label < 2;
            case 1 -> label == 2;
            case 2 -> label == 3;
            case 3 -> true;
            case 4 -> image < 3;
            default -> false;
        };
    }
}

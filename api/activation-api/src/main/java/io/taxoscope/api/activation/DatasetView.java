package io.taxoscope.api.activation;

import io.taxoscope.api.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param manifest hash of the dataset's manifest in the store, once read: images, labels, hashes in a fixed order
 * @param nImages images that can be used
 * @param nSkipped images that could not be decoded
 * @param skipped the first hundred of those, with the reason
 * @param nDuplicates images whose bytes occur earlier in the dataset (they are kept)
 * @param labels every label, as written in the source, with its number of images
 */
public record DatasetView(
        String id,
        String name,
        JobView job,
        @Nullable String manifest,
        int nImages,
        int nSkipped,
        List<SkippedImage> skipped,
        int nDuplicates,
        List<LabelCount> labels) {

    public record SkippedImage(String path, String reason) {}

    public record LabelCount(String label, int nImages) {}
}

package io.taxoscope.api.gateway;

import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param step of the training, for a CHECKPOINT alone
 * @param entropyProfile entropy (nats) of the activation mass after cutting the tree at each depth, from the root on;
 *     empty when the latent is active on fewer than ten images
 * @param top the strongest images, with links that serve them
 * @param classes how often and how strongly each class activates the latent
 */
public record ExperimentFeatureDetail(
        String layer,
        Variant variant,
        @Nullable Integer step,
        FeatureView scores,
        List<Double> entropyProfile,
        List<TopImage> top,
        List<FeatureDetail.ClassCount> classes) {

    /**
     * @param path of the image in its dataset
     * @param thumbnail link to a JPEG
     */
    public record TopImage(
            int index, float value, String wnid, String label, String path, String sha256, String thumbnail) {}
}

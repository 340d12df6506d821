package io.taxoscope.api.taxonomy;

import java.util.List;

/**
 * @param entropyProfile entropy (nats) of the activation mass after cutting the tree at each depth, from the root on;
 *     empty when the latent is active on fewer than ten images
 * @param top the images that stand for the latent, strongest first; ties go to the lower index
 * @param classes how often and how strongly each class activates it, strongest mass first
 */
public record FeatureDetail(
        FeatureView feature, List<Double> entropyProfile, List<TopImage> top, List<ClassCount> classes) {

    /** @param index row of the image in its dataset */
    public record TopImage(int index, float value, String wnid, String label) {}

    /**
     * @param nActive images of the class that activate the latent
     * @param nImages images of the class in the dataset
     * @param mass sum of activations over the class
     */
    public record ClassCount(String wnid, String name, String label, long nActive, long nImages, double mass) {}
}

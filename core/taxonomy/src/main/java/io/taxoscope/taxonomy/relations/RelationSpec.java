package io.taxoscope.taxonomy.relations;

/**
 * How latents are related to each other and to the synsets.
 *
 * @param minF1 held-out F1 from which a latent stands for its best synset
 * @param latentsPerSynset latents that may stand for one synset
 * @param minSupport firings on the report half that a latent needs to be paired
 * @param minPositives examples on either half that a synset needs to be matched and probed
 * @param probeExamples most examples that one probe learns from
 * @param topImages images whose mean embedding is a latent's prototype
 * @param geometryPairs most latent pairs behind the rank correlation of distances
 * @param controlDraws draws behind each control
 * @param bootstrap resamples behind each confidence interval; 0 for none
 * @param seed decides draws, pairs and resamples
 */
public record RelationSpec(
        double minF1,
        int latentsPerSynset,
        int minSupport,
        int minPositives,
        int probeExamples,
        int topImages,
        int geometryPairs,
        int controlDraws,
        int bootstrap,
        long seed) {
    /** Draws of a control that repeats the greater part of the work. */
    static final int MAX_COSTLY_DRAWS = 5;

    int costlyDraws() {
        return Math.min(controlDraws, MAX_COSTLY_DRAWS);
    }
}

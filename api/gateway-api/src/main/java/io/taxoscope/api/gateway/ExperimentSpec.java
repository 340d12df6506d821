package io.taxoscope.api.gateway;

import static java.lang.Boolean.FALSE;
import static java.lang.Boolean.TRUE;

import io.taxoscope.api.Source;
import io.taxoscope.api.activation.CreateDataset;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.api.taxonomy.CreateTaxonomy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole experiment.
 *
 * @param name for people
 * @param layers names of taps; absent or empty for every {@code resid_post} (or stage) tap
 * @param token which vector of each tap; absent for the class token where every layer has one, else the patch mean
 * @param sae the SAE trained on every layer; what is left out takes the defaults that the answer echoes
 * @param scoring how latents are scored; likewise
 * @param controls what stands beside the scores; absent for all but the second seed
 * @param curve shares of the training, above 0 and below 1, at which its latents are scored too; absent for none
 * @param analyses what else is asked of the scored latents; absent for all
 * @param seed decides initial weights, the order of examples, chance draws and permutations; absent for 0
 */
public record ExperimentSpec(
        @NotBlank @Size(max = 200) String name,
        @NotNull @Valid ModelRef model,
        @NotNull @Valid DatasetRef dataset,
        @Nullable List<@NotBlank String> layers,
        @Nullable TokenSelection token,
        @Nullable @Valid SaeSpec sae,
        @Nullable @Valid ScoringSpec scoring,
        @Nullable @Valid Controls controls,
        @Nullable @Size(max = 20) List<@NotNull @Positive @DecimalMax(value = "1", inclusive = false) Double> curve,
        @Nullable @Valid Analyses analyses,
        @Nullable Long seed) {

    /**
     * A registered model by id, or one to register: then source and preprocessing are set.
     *
     * @param taps graph tensors to tap when the tap finder does not know the architecture
     */
    public record ModelRef(
            @Nullable String id,
            @Nullable @Size(max = 200) String name,
            @Nullable @Valid Source source,
            @Nullable @Valid Preprocessing preprocessing,
            @Nullable List<@NotBlank String> taps) {}

    /**
     * A registered dataset by id, or one to register.
     *
     * @param labels label to wnid, for labels that are neither a wnid nor an unambiguous lemma
     * @param mappingFile the same as a file, {@code label<TAB>wnid}; an entry of {@code labels} wins over it
     * @param taxonomy id of the uploaded taxonomy that labels are resolved in and latents scored against; WordNet when absent
     */
    public record DatasetRef(
            @Nullable String id,
            @Nullable @Size(max = 200) String name,
            @Nullable @Valid Source source,
            CreateDataset.@Nullable Layout layout,
            CreateDataset.@Nullable OnBadImage onBadImage,
            @Nullable Map<String, String> labels,
            CreateTaxonomy.@Nullable @Valid Text mappingFile,
            @Nullable String taxonomy) {
        /** In WordNet. */
        public DatasetRef(
                @Nullable String id,
                @Nullable String name,
                @Nullable Source source,
                CreateDataset.@Nullable Layout layout,
                CreateDataset.@Nullable OnBadImage onBadImage,
                @Nullable Map<String, String> labels) {
            this(id, name, source, layout, onBadImage, labels, null, null);
        }
    }

    /**
     * Dictionaries that are encoded and scored like the trained SAE of each layer. Permuted labels and chance are part of
     * every scoring.
     *
     * @param untrained an SAE of the same shape that was never trained; absent for true
     * @param neurons the layer's neurons and their negatives, standardised; absent for true
     * @param pca its principal directions and their negatives, whitened; absent for true
     * @param secondSeed the same training once more with {@code seed + 1}; absent for false, since it doubles the work
     */
    public record Controls(
            @Nullable Boolean untrained,
            @Nullable Boolean neurons,
            @Nullable Boolean pca,
            @Nullable Boolean secondSeed) {
        public static final Controls DEFAULT = new Controls(null, null, null, null);

        /** With every default filled in. */
        public Controls resolve() {
            return new Controls(
                    !FALSE.equals(untrained), !FALSE.equals(neurons), !FALSE.equals(pca), TRUE.equals(secondSeed));
        }
    }

    /**
     * What is asked of scored latents beyond their scores.
     *
     * @param relations how latents of a layer relate to each other, to synsets and to activations, for the trained SAE and
     *     the untrained control; absent for true
     * @param follow which latents of the next layer fire with those of a layer; absent for true
     */
    public record Analyses(
            @Nullable Boolean relations, @Nullable Boolean follow) {
        public static final Analyses DEFAULT = new Analyses(null, null);

        /** With every default filled in. */
        public Analyses resolve() {
            return new Analyses(!FALSE.equals(relations), !FALSE.equals(follow));
        }
    }
}

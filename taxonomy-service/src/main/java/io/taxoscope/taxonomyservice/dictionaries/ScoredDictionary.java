package io.taxoscope.taxonomyservice.dictionaries;

import io.taxoscope.common.Sha256;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scoring that has succeeded, by what it rests on.
 *
 * @param sae the weights of the SAE that made the codes
 * @param shardSet the activations that they were made of
 * @param labels label to node of the taxonomy
 * @param taxonomy null means WordNet
 */
public record ScoredDictionary(
        String scoring,
        Sha256 codes,
        Sha256 sae,
        Sha256 shardSet,
        Sha256 dataset,
        Map<String, String> labels,
        @Nullable String taxonomy) {}

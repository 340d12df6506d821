package io.taxoscope.gateway.results;

import io.taxoscope.api.activation.ImageActivation;
import io.taxoscope.api.activation.ImageActivationApi;
import io.taxoscope.api.gateway.ExperimentFeature;
import io.taxoscope.api.gateway.ImageLatents;
import io.taxoscope.api.gateway.ImageLatents.ActiveLatent;
import io.taxoscope.api.gateway.ImageLatents.Timing;
import io.taxoscope.api.sae.EncodeRows;
import io.taxoscope.api.sae.EncodedRows.EncodedRow;
import io.taxoscope.api.sae.SaeExchangeApi;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.gateway.experiments.DictionaryChoice;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.ExperimentCatalog.ModelToken;
import io.taxoscope.gateway.experiments.LayerRun;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.stereotype.Component;

/** From an image to the latents that it activates: the model up to the layer, the SAE, the scores. */
@Component
public class LatentsOfImages {
    private final ExperimentCatalog catalog;
    private final ImageActivationApi activations;
    private final SaeExchangeApi saes;
    private final ScoringApi scorings;
    private final Features features;

    LatentsOfImages(
            ExperimentCatalog catalog,
            ImageActivationApi activations,
            SaeExchangeApi saes,
            ScoringApi scorings,
            Features features) {
        this.catalog = catalog;
        this.activations = activations;
        this.saes = saes;
        this.scorings = scorings;
        this.features = features;
    }

    /** @param limit most latents */
    public ImageLatents of(String experimentId, String layer, DictionaryChoice choice, int limit, byte[] image) {
        long start = System.nanoTime();
        LayerRun run = catalog.scoredLayer(experimentId, layer);
        Dictionary dictionary = run.get(choice);
        ModelToken from = catalog.modelToken(experimentId);
        ImageActivation vector =
                activations.activation(from.modelId(), layer, from.token(), new ByteArrayResource(image));
        long encoding = System.nanoTime();
        EncodedRow code = saes.encode(
                        dictionary.saeId(), new EncodeRows(List.of(vector.vector()), dictionary.step(), limit))
                .items()
                .getFirst();
        long looking = System.nanoTime();
        List<ActiveLatent> latents = latents(run, dictionary, code);
        long end = System.nanoTime();
        return new ImageLatents(
                layer,
                from.token(),
                dictionary.variant(),
                dictionary.step(),
                latents,
                new Timing(
                        vector.decodeSeconds(),
                        vector.modelSeconds(),
                        vector.wasLoaded(),
                        (looking - encoding) / 1e9,
                        (end - looking) / 1e9,
                        (end - start) / 1e9));
    }

    private List<ActiveLatent> latents(LayerRun run, Dictionary dictionary, EncodedRow code) {
        List<FeatureView> scores =
                Parallel.map(code.latents(), latent -> scorings.feature(dictionary.scoringId(), latent)
                        .feature());
        List<ExperimentFeature> illustrated = features.illustrated(run, dictionary, scores);
        return IntStream.range(0, illustrated.size())
                .mapToObj(i -> new ActiveLatent(code.values().get(i), illustrated.get(i)))
                .toList();
    }
}

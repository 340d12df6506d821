package io.taxoscope.gateway.results;

import io.taxoscope.api.Page;
import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.ImageView;
import io.taxoscope.api.gateway.ExperimentFeature;
import io.taxoscope.api.gateway.ExperimentFeatureDetail;
import io.taxoscope.api.gateway.ExperimentFeatureDetail.TopImage;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.LatentTop;
import io.taxoscope.api.taxonomy.FeatureDetail;
import io.taxoscope.api.taxonomy.FeatureSort;
import io.taxoscope.api.taxonomy.FeatureView;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.gateway.experiments.DictionaryChoice;
import io.taxoscope.gateway.experiments.ExperimentCatalog;
import io.taxoscope.gateway.experiments.LayerRun;
import io.taxoscope.gateway.experiments.LayerRun.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The latents of a layer, with links to the images that stand for them. */
@Component
public class Features {
    private static final int THUMBNAILS = 8;
    private static final int LATENTS_AT_ONCE = 250;

    private final ExperimentCatalog catalog;
    private final ScoringApi scorings;
    private final EncodingApi encodings;
    private final DatasetApi datasets;

    Features(ExperimentCatalog catalog, ScoringApi scorings, EncodingApi encodings, DatasetApi datasets) {
        this.catalog = catalog;
        this.scorings = scorings;
        this.encodings = encodings;
        this.datasets = datasets;
    }

    /** Which latents of a layer are asked for, and in what order. */
    public record Query(
            DictionaryChoice dictionary,
            FeatureSort sort,
            @Nullable String synset,
            @Nullable Double minF1,
            @Nullable List<String> where,
            @Nullable String cursor,
            int limit) {}

    public Page<ExperimentFeature> page(String experimentId, String layer, Query query) {
        LayerRun run = catalog.scoredLayer(experimentId, layer);
        Dictionary dictionary = run.get(query.dictionary());
        Page<FeatureView> page = scorings.features(
                dictionary.scoringId(),
                query.sort(),
                query.synset(),
                query.minF1(),
                query.where(),
                null,
                query.cursor(),
                query.limit());
        return new Page<>(illustrated(run, dictionary, page.items()), page.nextCursor());
    }

    /** With links to their images, in the same order. */
    List<ExperimentFeature> illustrated(LayerRun run, Dictionary dictionary, List<FeatureView> features) {
        Map<Integer, List<String>> thumbnails = thumbnails(run, dictionary, features);
        return features.stream()
                .map(feature -> new ExperimentFeature(
                        run.layer(),
                        dictionary.variant(),
                        dictionary.step(),
                        feature,
                        thumbnails.getOrDefault(feature.latent(), List.of())))
                .toList();
    }

    /** By latent; those that never fire have none. */
    private Map<Integer, List<String>> thumbnails(LayerRun run, Dictionary dictionary, List<FeatureView> features) {
        List<Integer> firing = features.stream()
                .filter(feature -> feature.nActive() > 0)
                .map(FeatureView::latent)
                .toList();
        List<List<Integer>> questions = IntStream.iterate(0, at -> at < firing.size(), at -> at + LATENTS_AT_ONCE)
                .mapToObj(at -> firing.subList(at, Math.min(at + LATENTS_AT_ONCE, firing.size())))
                .toList();
        String encoding = dictionary.encodingId();
        return Parallel.map(
                        questions, latents -> encodings.tops(encoding, latents).items())
                .stream()
                .flatMap(List::stream)
                .collect(Collectors.toMap(LatentTop::latent, top -> top.items().stream()
                        .limit(THUMBNAILS)
                        .map(example -> thumbnail(run, example.index()))
                        .toList()));
    }

    public ExperimentFeatureDetail detail(String experimentId, String layer, DictionaryChoice choice, int latent) {
        LayerRun run = catalog.scoredLayer(experimentId, layer);
        Dictionary dictionary = run.get(choice);
        FeatureDetail detail = scorings.feature(dictionary.scoringId(), latent);
        List<TopImage> top = Parallel.map(detail.top(), image -> topImage(run, image));
        return new ExperimentFeatureDetail(
                layer,
                dictionary.variant(),
                dictionary.step(),
                detail.feature(),
                detail.entropyProfile(),
                top,
                detail.classes());
    }

    private TopImage topImage(LayerRun run, FeatureDetail.TopImage image) {
        ImageView file = datasets.image(run.datasetId(), image.index());
        return new TopImage(
                image.index(),
                image.value(),
                image.wnid(),
                image.label(),
                file.path(),
                file.sha256(),
                thumbnail(run, image.index()));
    }

    private static String thumbnail(LayerRun run, int index) {
        return "/api/v1/datasets/%s/images/%d/thumbnail".formatted(run.datasetId(), index);
    }
}

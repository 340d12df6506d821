package io.taxoscope.sdk;

import io.taxoscope.api.activation.DatasetApi;
import io.taxoscope.api.activation.ExtractionApi;
import io.taxoscope.api.activation.HubDownloadApi;
import io.taxoscope.api.activation.ImageActivationApi;
import io.taxoscope.api.activation.InterventionApi;
import io.taxoscope.api.activation.ModelApi;
import io.taxoscope.api.activation.UploadApi;
import io.taxoscope.api.activation.UploadApi.UploadView;
import io.taxoscope.api.gateway.ExperimentApi;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentView;
import io.taxoscope.api.gateway.ImageLatents;
import io.taxoscope.api.gateway.ImageLatentsApi;
import io.taxoscope.api.gateway.Variant;
import io.taxoscope.api.sae.CodesTableApi;
import io.taxoscope.api.sae.EncodingApi;
import io.taxoscope.api.sae.EvaluationApi;
import io.taxoscope.api.sae.ReconstructionApi;
import io.taxoscope.api.sae.SaeApi;
import io.taxoscope.api.sae.SaeExchangeApi;
import io.taxoscope.api.sae.SaeGroupApi;
import io.taxoscope.api.sae.SaePreflightApi;
import io.taxoscope.api.taxonomy.ComparisonApi;
import io.taxoscope.api.taxonomy.LabelApi;
import io.taxoscope.api.taxonomy.RelationApi;
import io.taxoscope.api.taxonomy.ScoringApi;
import io.taxoscope.api.taxonomy.SynsetApi;
import io.taxoscope.api.taxonomy.TaxonomyApi;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/**
 * A running platform, reached through its gateway. Every refusal is a {@link ProblemException}. Safe for use by several
 * threads.
 *
 * {@snippet :
 * var taxoscope = Taxoscope.connect("http://localhost:8080");
 * var experiment = taxoscope.submit(Path.of("experiment.yaml"));
 * var finished = taxoscope.awaitFinished(experiment.id(), view -> System.out.println(view.progress()));
 * taxoscope.experiments().layers(finished.id()).items().forEach(System.out::println);
 * }
 */
public final class Taxoscope {
    private final URI address;
    private final RestClient http;
    private final RestClient transfers;
    private final HttpServiceProxyFactory contracts;

    private Taxoscope(URI address) {
        this.address = address;
        http = Connections.forRequests(address);
        transfers = Connections.forTransfers(address);
        contracts = contracts(http);
    }

    /** @param address of the gateway, such as {@code http://localhost:8080}; nothing is sent yet */
    public static Taxoscope connect(String address) {
        return connect(URI.create(address));
    }

    public static Taxoscope connect(URI address) {
        if (address.getScheme() == null || address.getHost() == null) {
            throw new IllegalArgumentException(
                    "not the address of a gateway: %s; write it like http://localhost:8080".formatted(address));
        }
        return new Taxoscope(address);
    }

    public URI address() {
        return address;
    }

    public ExperimentApi experiments() {
        return contracts.createClient(ExperimentApi.class);
    }

    /** What an experiment's latents say of an image that is brought along. */
    public ImageLatentsApi imageLatents() {
        return contracts.createClient(ImageLatentsApi.class);
    }

    /** The ten latents of a layer's trained SAE that an image file activates most. */
    public ImageLatents latentsOf(String id, String layer, Path image) {
        return imageLatents().image(id, layer, Variant.TRAINED, null, 10, new FileSystemResource(image));
    }

    public ModelApi models() {
        return contracts.createClient(ModelApi.class);
    }

    /** Models of the hub on their way into the platform's store. */
    public HubDownloadApi hubDownloads() {
        return contracts.createClient(HubDownloadApi.class);
    }

    public DatasetApi datasets() {
        return contracts.createClient(DatasetApi.class);
    }

    /** Activations of single images, at once. */
    public ImageActivationApi imageActivations() {
        return contracts.createClient(ImageActivationApi.class);
    }

    public ExtractionApi extractions() {
        return contracts.createClient(ExtractionApi.class);
    }

    public SaeApi saes() {
        return contracts.createClient(SaeApi.class);
    }

    /** SAEs that are trained side by side. */
    public SaeGroupApi saeGroups() {
        return contracts.createClient(SaeGroupApi.class);
    }

    /** What a training takes, and advice, before it starts. */
    public SaePreflightApi saePreflight() {
        return contracts.createClient(SaePreflightApi.class);
    }

    /** SAEs in and out, and codes of a few rows. */
    public SaeExchangeApi saeExchange() {
        return contracts.createClient(SaeExchangeApi.class);
    }

    public EncodingApi encodings() {
        return contracts.createClient(EncodingApi.class);
    }

    /** Codes as Parquet. */
    public CodesTableApi codesTables() {
        return contracts(transfers).createClient(CodesTableApi.class);
    }

    public EvaluationApi evaluations() {
        return contracts.createClient(EvaluationApi.class);
    }

    public ReconstructionApi reconstructions() {
        return contracts.createClient(ReconstructionApi.class);
    }

    public InterventionApi interventions() {
        return contracts.createClient(InterventionApi.class);
    }

    public ScoringApi scorings() {
        return contracts.createClient(ScoringApi.class);
    }

    public RelationApi relations() {
        return contracts.createClient(RelationApi.class);
    }

    public ComparisonApi comparisons() {
        return contracts.createClient(ComparisonApi.class);
    }

    public TaxonomyApi taxonomies() {
        return contracts.createClient(TaxonomyApi.class);
    }

    public SynsetApi synsets() {
        return contracts.createClient(SynsetApi.class);
    }

    public LabelApi labels() {
        return contracts.createClient(LabelApi.class);
    }

    public UploadApi uploads() {
        return contracts(transfers).createClient(UploadApi.class);
    }

    /** Streams a file to the platform: an ONNX file, a tar of images. Its hash goes into {@code source.upload}. */
    public UploadView upload(Path file) {
        return body(uploads().upload(new FileSystemResource(file)));
    }

    /** Starts an experiment; every call starts another. */
    public ExperimentView submit(ExperimentSpec spec) {
        return body(experiments().submit(spec, null));
    }

    /** Starts the experiment that a document describes: YAML when its name says so, else JSON. */
    public ExperimentView submit(Path document) {
        String name = document.getFileName().toString();
        boolean isYaml = name.endsWith(".yaml") || name.endsWith(".yml");
        return submit(
                new FileSystemResource(document), isYaml ? MediaType.APPLICATION_YAML : MediaType.APPLICATION_JSON);
    }

    /** Starts the experiment that a document describes, sent as it is: the gateway names whatever is wrong with it. */
    public ExperimentView submit(Map<String, ?> document) {
        return submit(document, MediaType.APPLICATION_JSON);
    }

    private ExperimentView submit(Object document, MediaType type) {
        ExperimentView started = http.post()
                .uri("/api/v1/experiments")
                .contentType(type)
                .accept(MediaType.APPLICATION_JSON)
                .body(document)
                .retrieve()
                .body(ExperimentView.class);
        return Objects.requireNonNull(started, "the gateway answered without an experiment");
    }

    /**
     * Waits until an experiment has succeeded, failed or been cancelled; which one is in the answer's {@code state}.
     * Survives a restart of the platform of up to a minute.
     *
     * @param onProgress called in this thread with every change that was seen
     */
    public ExperimentView awaitFinished(String id, Consumer<ExperimentView> onProgress) throws InterruptedException {
        var wait = new Wait(Duration.ofMillis(500), Duration.ofMinutes(1));
        return wait.until(() -> experiments().find(id), onProgress);
    }

    /** The latents of a layer that a filter lets through, fetched page by page while they are read. */
    public Features features(String id, String layer) {
        return new Features(experiments(), id, layer);
    }

    /** Writes every latent of every layer's trained SAE to a file; as the other, with more dictionaries. */
    public void export(String id, String format, Path target) {
        export(id, format, Set.of(Variant.TRAINED), target);
    }

    /**
     * Writes every latent of every layer to a file, which appears when it is complete.
     *
     * @param format {@code csv}, {@code ndjson} or {@code parquet}
     * @param variants which dictionaries of each layer; CHECKPOINT means all of them
     */
    public void export(String id, String format, Set<Variant> variants, Path target) {
        String wanted = variants.stream().map(Variant::name).collect(Collectors.joining(","));
        Download.from(
                        transfers,
                        "/api/v1/experiments/{id}/export?format={format}&variant={variants}",
                        id,
                        format,
                        wanted)
                .to(target);
    }

    /**
     * Writes a file of the platform, such as {@code /api/v1/saes/{id}/sae_weights.safetensors}, to {@code target}.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    public void download(String path, Path target) {
        Download.from(transfers, path).to(target);
    }

    private static HttpServiceProxyFactory contracts(RestClient client) {
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .conversionService(new DefaultConversionService())
                .build();
    }

    private static <T> T body(ResponseEntity<T> answer) {
        @Nullable T body = answer.getBody();
        return Objects.requireNonNull(body, "the gateway answered without a body");
    }
}

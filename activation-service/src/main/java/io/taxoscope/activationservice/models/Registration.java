package io.taxoscope.activationservice.models;

import io.taxoscope.activationservice.hub.HubModels;
import io.taxoscope.activationservice.hub.HubSnapshot;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.HubOrigin;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.sources.SourceError;
import io.taxoscope.support.sources.Sources;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.onnx.OnnxModel;
import io.taxoscope.vision.run.ModelDescription;
import io.taxoscope.vision.run.ModelInspection;
import jakarta.annotation.PreDestroy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Registers a model: reads it, finds its taps, runs it once, keeps its file. */
@Component
class Registration {
    private static final int ID_DIGITS = 32;

    private final Sources sources;
    private final HubModels hub;
    private final ContentStore store;
    private final Models models;
    private final Clock clock;
    // One at a time, and off the request's virtual thread: it may hold gigabytes and uses every core.
    private final ExecutorService inspector = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("model-inspection").daemon().factory());

    Registration(Sources sources, HubModels hub, ContentStore store, Models models, Clock clock) {
        this.sources = sources;
        this.hub = hub;
        this.store = store;
        this.models = models;
        this.clock = clock;
    }

    /** @param isNew false when the same file with the same preprocessing and taps had been registered before */
    record Registered(String id, boolean isNew) {}

    /** @param hubToken for a model of the hub that is not public; null for the configured one */
    Registered register(CreateModel request, @Nullable String hubToken) throws InterruptedException {
        sources.checkOneOf(request.source());
        if (request.source().hf() != null) {
            return registerFromHub(request, hubToken);
        }
        if (hubToken != null) {
            throw SourceError.SOURCE_INVALID.at("Hub-Token", "belongs to a model of the hub (source.hf)");
        }
        if (request.preprocessing() == null) {
            throw SourceError.SOURCE_INVALID.at(
                    "preprocessing", "is needed to register a model: resize, crop, colorOrder, scale, mean, std");
        }
        Path file = sources.resolve(request.source());
        if (!Files.isRegularFile(file)) {
            throw SourceError.SOURCE_INVALID.at("source.path", "is no file; an ONNX file is needed");
        }
        return inspected(new Candidate(request, request.preprocessing(), null), file);
    }

    private Registered registerFromHub(CreateModel request, @Nullable String hubToken) throws InterruptedException {
        HubSnapshot snapshot = hub.fetch(request.source(), hubToken, (done, total) -> {});
        Preprocessing preprocessing =
                request.preprocessing() != null ? request.preprocessing() : snapshot.preprocessing();
        var candidate = new Candidate(request, preprocessing, snapshot.origin());
        try (var files = snapshot.layOut(store)) {
            return inspected(candidate, files.model());
        }
    }

    /** A model to be, with what its request leaves to the hub filled in. */
    private record Candidate(
            CreateModel request,
            Preprocessing preprocessing,
            @Nullable HubOrigin origin) {}

    private Registered inspected(Candidate candidate, Path file) throws InterruptedException {
        var recipe = at("preprocessing", () -> Recipes.of(candidate.preprocessing()));
        try {
            return inspector.submit(() -> inspect(candidate, recipe, file)).get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(
                    "cannot inspect the model " + candidate.request().name(), failure.getCause());
        }
    }

    private Registered inspect(Candidate candidate, io.taxoscope.vision.image.Preprocessing recipe, Path file) {
        CreateModel request = candidate.request();
        OnnxModel onnx = at("source", () -> OnnxModel.read(file));
        String id = id(onnx, candidate);
        if (models.isKnown(id)) {
            return new Registered(id, false);
        }
        ModelDescription description = at(
                request.taps() == null ? "source" : "taps",
                () -> ModelInspection.inspect(onnx, recipe.height(), recipe.width(), request.taps()));
        Sha256 kept = store.put(out -> onnx.bytes().writeTo(out));
        try {
            models.add(new Model(
                    id,
                    request.name(),
                    kept,
                    onnx.bytes().size(),
                    candidate.preprocessing(),
                    description,
                    candidate.origin(),
                    clock.instant()));
        } catch (DataIntegrityViolationException registeredMeanwhile) {
            return new Registered(id, false);
        }
        return new Registered(id, true);
    }

    /** The same model must have the same id on every platform, so nothing else may enter it. */
    private static String id(OnnxModel onnx, Candidate candidate) {
        MessageDigest digest = Sha256.digest();
        onnx.bytes().asReadOnlyByteBufferList().forEach(digest::update);
        Sha256 file = Sha256.finish(digest);
        List<String> taps = candidate.request().taps();
        List<Object> identity = List.of(file.hex(), candidate.preprocessing(), taps == null ? List.of() : taps);
        return Sha256.of(JsonMapper.shared().writeValueAsString(identity)).hex().substring(0, ID_DIGITS);
    }

    private interface Step<T> {
        T take();
    }

    /** Says which field of the request a refusal of the vision core is about. */
    private static <T> T at(String field, Step<T> step) {
        try {
            return step.take();
        } catch (TaxoscopeException refused) {
            if (refused.code() instanceof VisionError && refused.errors().isEmpty()) {
                String message = String.valueOf(refused.getMessage());
                throw new TaxoscopeException(refused.code(), message, List.of(new FieldError(field, message)));
            }
            throw refused;
        }
    }

    @PreDestroy
    void stop() {
        inspector.shutdown();
    }
}

package io.taxoscope.activationservice.models;

import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.common.TaxoscopeException.FieldError;
import io.taxoscope.store.ContentStore;
import io.taxoscope.support.sources.SourceError;
import io.taxoscope.support.sources.Sources;
import io.taxoscope.vision.VisionError;
import io.taxoscope.vision.image.Preprocessing;
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
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Registers a model: reads it, finds its taps, runs it once, keeps its file. */
@Component
class Registration {
    private static final int ID_DIGITS = 32;

    private final Sources sources;
    private final ContentStore store;
    private final Models models;
    private final Clock clock;
    // One at a time, and off the request's virtual thread: it may hold gigabytes and uses every core.
    private final ExecutorService inspector = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("model-inspection").daemon().factory());

    Registration(Sources sources, ContentStore store, Models models, Clock clock) {
        this.sources = sources;
        this.store = store;
        this.models = models;
        this.clock = clock;
    }

    /** @param isNew false when the same file with the same preprocessing and taps had been registered before */
    record Registered(String id, boolean isNew) {}

    Registered register(CreateModel request) throws InterruptedException {
        Preprocessing recipe = at("preprocessing", () -> Recipes.of(request.preprocessing()));
        Path file = sources.resolve(request.source());
        if (!Files.isRegularFile(file)) {
            throw SourceError.SOURCE_INVALID.at("source.path", "is no file; an ONNX file is needed");
        }
        try {
            return inspector.submit(() -> inspect(request, recipe, file)).get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("cannot inspect the model " + request.name(), failure.getCause());
        }
    }

    private Registered inspect(CreateModel request, Preprocessing recipe, Path file) {
        OnnxModel onnx = at("source", () -> OnnxModel.read(file));
        String id = id(onnx, request);
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
                    request.preprocessing(),
                    description,
                    clock.instant()));
        } catch (DataIntegrityViolationException registeredMeanwhile) {
            return new Registered(id, false);
        }
        return new Registered(id, true);
    }

    /** The same model must have the same id on every platform, so nothing else may enter it. */
    private static String id(OnnxModel onnx, CreateModel request) {
        MessageDigest digest = Sha256.digest();
        onnx.bytes().asReadOnlyByteBufferList().forEach(digest::update);
        Sha256 file = Sha256.finish(digest);
        List<Object> identity =
                List.of(file.hex(), request.preprocessing(), request.taps() == null ? List.of() : request.taps());
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

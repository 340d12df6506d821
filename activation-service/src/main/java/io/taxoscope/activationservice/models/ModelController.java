package io.taxoscope.activationservice.models;

import io.taxoscope.activationservice.models.Registration.Registered;
import io.taxoscope.api.Page;
import io.taxoscope.api.activation.CreateModel;
import io.taxoscope.api.activation.ModelApi;
import io.taxoscope.api.activation.ModelView;
import io.taxoscope.api.activation.VerificationView;
import io.taxoscope.api.activation.VerifyModel;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ModelController implements ModelApi {
    private final Registration registration;
    private final Models models;
    private final Verifier verifier;

    ModelController(Registration registration, Models models, Verifier verifier) {
        this.registration = registration;
        this.models = models;
        this.verifier = verifier;
    }

    @Override
    public ResponseEntity<ModelView> register(CreateModel request, @Nullable String hubToken) {
        try {
            Registered registered = registration.register(request, hubToken);
            return ResponseEntity.status(registered.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
                    .location(URI.create("/api/v1/models/" + registered.id()))
                    .body(models.view(registered.id()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while registering " + request.name(), stopped);
        }
    }

    @Override
    public Page<ModelView> list() {
        return new Page<>(models.views(), null);
    }

    @Override
    public ModelView find(String id) {
        return models.view(id);
    }

    @Override
    public Page<ModelView.Tap> taps(String id) {
        return new Page<>(models.view(id).taps(), null);
    }

    @Override
    public VerificationView verify(String id, VerifyModel request) {
        return verifier.verify(models.find(id), request);
    }

    @Override
    public ResponseEntity<Void> delete(String id) {
        models.remove(id);
        return ResponseEntity.noContent().build();
    }
}

package io.taxoscope.api.activation;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Vision models as ONNX graphs, and the points in them where activations can be tapped. */
@HttpExchange("/api/v1/models")
public interface ModelApi {
    /**
     * Registers a model. The id is derived from the file's hash and the preprocessing, so that registering the same
     * twice answers the same model. 422 when the file is no ONNX model or no tap is found and none is named.
     */
    @PostExchange
    ResponseEntity<ModelView> register(@Valid @RequestBody CreateModel request);

    @GetExchange
    Page<ModelView> list();

    @GetExchange("/{id}")
    ModelView find(@PathVariable String id);

    /** Removes the model; 409 while an extraction of it is unfinished. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);
}

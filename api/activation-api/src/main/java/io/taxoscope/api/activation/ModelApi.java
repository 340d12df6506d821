package io.taxoscope.api.activation;

import io.taxoscope.api.Page;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

/** Vision models as ONNX graphs, and the points in them where activations can be tapped. */
@HttpExchange("/api/v1/models")
public interface ModelApi {
    /**
     * Registers a model. The id is derived from the file's hash and the preprocessing, so that registering the same
     * twice answers the same model. 422 when the file is no ONNX model or no tap is found and none is named. A model of
     * the hub that is not here yet is downloaded first, which a {@code hub-download} shows the progress of.
     *
     * @param hubToken access token for a private or gated model of the hub; absent for the one that is configured. It is
     *     sent to the hub alone, and not kept
     */
    @PostExchange
    ResponseEntity<ModelView> register(
            @Valid @RequestBody CreateModel request,
            @RequestHeader(name = "Hub-Token", required = false) @Nullable String hubToken);

    /** The same without a token of one's own. */
    default ResponseEntity<ModelView> register(CreateModel request) {
        return register(request, null);
    }

    @GetExchange
    Page<ModelView> list();

    @GetExchange("/{id}")
    ModelView find(@PathVariable String id);

    /** The points where activations can be taken, in the order of depth, with shape and token layout. */
    @GetExchange("/{id}/taps")
    Page<ModelView.Tap> taps(@PathVariable String id);

    /**
     * Compares the taps with what another program holds at these points: a safetensors file with {@code pixel_values}
     * [n, 3, height, width], preprocessed, and one float32 tensor for each hidden state, first axis: image. Answers for each of them
     * which tap holds the same and how far the two are apart. 422 ({@code REFERENCE_INVALID}) with the tensor's name when a shape
     * is impossible.
     */
    @PostExchange("/{id}/verify")
    VerificationView verify(@PathVariable String id, @Valid @RequestBody VerifyModel request);

    /** Removes the model; 409 while an extraction of it is unfinished. */
    @DeleteExchange("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id);
}

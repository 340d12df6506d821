package io.taxoscope.api.activation;

import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Bytes sent by a client: an ONNX file, a tar of images. */
@HttpExchange("/api/v1/uploads")
public interface UploadApi {
    /** Stores the body under its hash; sending the same bytes again costs nothing. */
    @PutExchange(contentType = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<UploadView> upload(@RequestBody Resource body);

    /** @param sha256 what to put into {@code source.upload} */
    record UploadView(String sha256, long bytes) {}
}

package io.taxoscope.support.sources;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotWritableException;

/** Hands a request's body on as a stream; Spring's own converter would read a {@code Resource} into memory first. */
class StreamedBody implements HttpMessageConverter<Resource> {
    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return type == Resource.class;
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MediaType.ALL);
    }

    @Override
    public Resource read(Class<? extends Resource> type, HttpInputMessage input) throws IOException {
        return new InputStreamResource(input.getBody());
    }

    @Override
    public void write(Resource resource, @Nullable MediaType mediaType, HttpOutputMessage output) {
        throw new HttpMessageNotWritableException("reads only");
    }
}

package io.taxoscope.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec;

/** A file on its way here; it takes its name when it is complete. */
final class Download {
    private final RequestHeadersSpec<?> request;

    private Download(RequestHeadersSpec<?> request) {
        this.request = request;
    }

    static Download from(RestClient client, String path, Object... variables) {
        return new Download(client.get().uri(path, variables));
    }

    void to(Path target) {
        request.exchange((sent, response) -> {
            if (response.getStatusCode().isError()) {
                throw ProblemException.read(response);
            }
            write(response.getBody(), target);
            return target;
        });
    }

    private static void write(InputStream body, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + target, failure);
        }
    }
}

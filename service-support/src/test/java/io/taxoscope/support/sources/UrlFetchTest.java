package io.taxoscope.support.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class UrlFetchTest {
    private static final byte[] MODEL = "twenty bytes of body".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private HttpServer server = start();

    @BeforeEach
    void serve() {
        answer("/model", 200, "", MODEL);
        answer("/moved", 302, "/model", new byte[0]);
        answer("/loop", 302, "/loop", new byte[0]);
        answer("/inside", 302, "file:///etc/passwd", new byte[0]);
        answer("/gone", 404, "", MODEL);
        answer("/broken", 503, "", MODEL);
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    out.write(MODEL);
                }
            } catch (IOException readerHungUp) {
                // As it should.
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"/model", "/moved"})
    void keepsWhatIsBehindAnAddress(String path) {
        ContentStore store = ContentStore.at(folder);

        Sha256 hash = fetch(true).into(store, address(path));

        assertThat(store.read(hash)).isEqualTo(MODEL);
    }

    @ParameterizedTest
    @CsvSource({
        "/loop, SOURCE_INVALID",
        "/inside, SOURCE_INVALID",
        "/gone, SOURCE_NOT_FOUND",
        "/broken, SOURCE_UNREACHABLE",
        "/endless, SOURCE_TOO_LARGE"
    })
    void saysWhyItKeepsNothing(String path, SourceError code) {
        assertThatThrownBy(() -> fetch(true).into(ContentStore.at(folder), address(path)))
                .satisfies(failure -> assertThat(codeOf(failure)).isEqualTo(code));
    }

    @Test
    void fetchesNothingWhenThatIsSwitchedOff() {
        assertThatThrownBy(() -> fetch(false).check("https://example.org/model.onnx"))
                .hasMessageContaining("taxoscope.sources.allow-urls");
    }

    @Test
    void refusesLinkLocalAddresses() {
        assertThatThrownBy(() -> fetch(true).into(ContentStore.at(folder), "http://169.254.169.254/latest"))
                .hasMessageContaining("link-local");
    }

    private static UrlFetch fetch(boolean allowed) {
        return new UrlFetch(
                new SourceProperties(List.of("/"), allowed, DataSize.ofBytes(MODEL.length), 3, Duration.ofSeconds(10)));
    }

    private String address(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    private void answer(String path, int status, String location, byte[] body) {
        server.createContext(path, exchange -> {
            if (!location.isEmpty()) {
                exchange.getResponseHeaders().set("Location", location);
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static Object codeOf(Throwable failure) {
        return failure instanceof TaxoscopeException known ? known.code() : failure;
    }
}

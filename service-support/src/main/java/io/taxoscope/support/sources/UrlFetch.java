package io.taxoscope.support.sources;

import io.taxoscope.common.Sha256;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.store.ContentStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Fetches an http or https address into the store; a body of any size passes through in pieces. */
class UrlFetch {
    private final SourceProperties properties;
    private final HttpClient client;

    UrlFetch(SourceProperties properties) {
        this.properties = properties;
        // Redirects are followed here and not by the client, so that each address on the way is checked.
        this.client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.timeout())
                .build();
    }

    URI check(String url) {
        if (!properties.allowUrls()) {
            throw SourceError.SOURCE_NOT_ALLOWED.at(
                    "source.url", "this service fetches no addresses (taxoscope.sources.allow-urls is false)");
        }
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException malformed) {
            throw SourceError.SOURCE_INVALID.at("source.url", "is no address: " + malformed.getMessage());
        }
        String scheme = String.valueOf(address.getScheme());
        if (address.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw SourceError.SOURCE_INVALID.at("source.url", "only http and https addresses are fetched: " + url);
        }
        return address;
    }

    Sha256 into(ContentStore store, String url) {
        URI address = check(url);
        try {
            for (int hop = 0; hop <= properties.maxRedirects(); hop++) {
                LinkLocal.refuse(address);
                HttpResponse<InputStream> response = get(address);
                try (InputStream body = response.body()) {
                    if (response.statusCode() / 100 != 3) {
                        return keep(store, address, response, body);
                    }
                }
                address = redirect(address, response);
            }
        } catch (IOException failure) {
            throw SourceError.SOURCE_UNREACHABLE.because("cannot fetch " + url + ": " + failure, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw SourceError.SOURCE_UNREACHABLE.because("stopped while fetching " + url, stopped);
        }
        throw SourceError.SOURCE_INVALID.because(
                "%s redirects more than %d times".formatted(url, properties.maxRedirects()));
    }

    private HttpResponse<InputStream> get(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(properties.timeout())
                .GET()
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private URI redirect(URI from, HttpResponse<?> response) {
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> SourceError.SOURCE_UNREACHABLE.because(from + " redirects without saying where to"));
        return check(from.resolve(location).toString());
    }

    private Sha256 keep(ContentStore store, URI address, HttpResponse<?> response, InputStream body) {
        if (response.statusCode() != 200) {
            String message = "%s answers %d instead of 200".formatted(address, response.statusCode());
            throw response.statusCode() < 500
                    ? SourceError.SOURCE_NOT_FOUND.because(message)
                    : SourceError.SOURCE_UNREACHABLE.because(message);
        }
        long announced = response.headers().firstValueAsLong("Content-Length").orElse(0);
        TaxoscopeException tooLarge = LimitedStream.tooLarge(address.toString(), properties.maxBytes());
        if (announced > properties.maxBytes().toBytes()) {
            throw tooLarge;
        }
        return store.put(new LimitedStream(body, properties.maxBytes().toBytes(), tooLarge));
    }
}

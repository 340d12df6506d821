package io.taxoscope.activationservice.hub;

import io.taxoscope.activationservice.hub.HubListing.File;
import io.taxoscope.support.sources.LinkLocal;
import io.taxoscope.support.sources.SourceProperties;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The part of the hub's HTTP protocol that is needed: what a revision holds, and a file from some byte on. The JDK's older
 * client is used since it alone can say how long a body may stall.
 */
@Component
class HubClient {
    private static final int LARGEST_LISTING = 64 << 20;

    private final HubProperties properties;
    private final SourceProperties sources;

    HubClient(HubProperties properties, SourceProperties sources) {
        this.properties = properties;
        this.sources = sources;
    }

    /** An answer whose body is still to be read; closing it hangs up. */
    record Answer(HttpURLConnection connection, int status) implements AutoCloseable {
        InputStream body() throws IOException {
            return connection.getInputStream();
        }

        @Nullable String header(String name) {
            return connection.getHeaderField(name);
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    URI address() {
        return properties.address();
    }

    Answer listing(HubReference reference, @Nullable String token) throws IOException {
        String path = "/api/models/%s/revision/%s?blobs=true"
                .formatted(reference.repository(), encoded(reference.revisionOrMain()));
        return get(path, 0, token);
    }

    /** The file at {@code commit}, from byte {@code from} on if the server can do that. */
    Answer file(String repository, String commit, String path, long from, @Nullable String token) throws IOException {
        String encoded = Stream.of(path.split("/", -1)).map(HubClient::encoded).collect(Collectors.joining("/"));
        return get("/%s/resolve/%s/%s".formatted(repository, commit, encoded), from, token);
    }

    private Answer get(String path, long from, @Nullable String token) throws IOException {
        URI address = URI.create(properties.address().toString().replaceFirst("/+$", "") + path);
        for (int hop = 0; hop <= sources.maxRedirects(); hop++) {
            LinkLocal.refuse(address);
            HttpURLConnection connection = open(address, from, token);
            int status = connection.getResponseCode();
            String location = connection.getHeaderField("Location");
            if (status / 100 != 3 || location == null) {
                return new Answer(connection, status);
            }
            connection.disconnect();
            address = redirected(address, location);
        }
        throw HubError.HUB_UNREACHABLE.because("%s redirects more than %d times (taxoscope.sources.max-redirects)"
                .formatted(path, sources.maxRedirects()));
    }

    private static URI redirected(URI from, String location) throws IOException {
        try {
            URI to = from.resolve(location);
            String scheme = String.valueOf(to.getScheme());
            if (to.getHost() != null && (scheme.equals("https") || scheme.equals(from.getScheme()))) {
                return to;
            }
        } catch (IllegalArgumentException malformed) {
            throw new IOException("the hub redirects to " + location + ", which is no address", malformed);
        }
        throw new IOException("the hub redirects to " + location + ", which is not followed");
    }

    private HttpURLConnection open(URI address, long from, @Nullable String token) throws IOException {
        if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new IOException("taxoscope.hub.address must be http or https: " + address);
        }
        int timeout = Math.toIntExact(properties.timeout().toMillis());
        connection.setConnectTimeout(timeout);
        connection.setReadTimeout(timeout);
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setRequestProperty("User-Agent", "taxoscope");
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
        }
        if (token != null && isHub(address)) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        return connection;
    }

    /** Files come from other hosts, which a token is none of the business of. */
    private boolean isHub(URI address) {
        URI hub = properties.address();
        return hub.getScheme().equals(address.getScheme())
                && hub.getHost().equalsIgnoreCase(address.getHost())
                && hub.getPort() == address.getPort();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static HubListing parse(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(LARGEST_LISTING);
        try {
            JsonNode answer = JsonMapper.shared().readTree(bytes);
            List<File> files = new ArrayList<>();
            for (JsonNode sibling : answer.path("siblings")) {
                files.add(new File(
                        sibling.path("rfilename").asString(),
                        sibling.path("size").asLong(-1),
                        text(sibling.path("lfs").path("sha256")),
                        text(sibling.path("blobId"))));
            }
            String commit = text(answer.path("sha"));
            if (commit == null || !commit.matches("[0-9a-f]{40}")) {
                throw new IOException("the hub's answer names no commit");
            }
            return new HubListing(commit, files);
        } catch (JacksonException malformed) {
            throw new IOException("the hub's answer is no JSON: " + malformed.getOriginalMessage(), malformed);
        }
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }
}

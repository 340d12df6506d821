package io.taxoscope.activationservice.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taxoscope.common.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers as the hub does, as far as its documentation and its own Python client (huggingface_hub) tell:
 * listings with LFS hashes and git blob ids, large files on another host behind a redirect, ranges, and every refusal.
 */
public final class FakeHub {
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    public static final String TOKEN = "hf_secret";

    private final HttpServer hub = start();
    private final HttpServer cdn = start();
    private final Map<String, Map<String, byte[]>> repositories = new ConcurrentHashMap<>();

    /** What the other host was asked for: the Range header or "", and whether a token came along. */
    public final List<String> ranges = new CopyOnWriteArrayList<>();

    public final List<String> tokensAtTheOtherHost = new CopyOnWriteArrayList<>();

    /** Requests of any kind that were answered. */
    public final AtomicInteger nRequests = new AtomicInteger();

    /** How many of the next large bodies end after half of what is left. */
    public final AtomicInteger truncations = new AtomicInteger();

    /** How many of the next listings are answered 429. */
    public final AtomicInteger tooMany = new AtomicInteger();

    public volatile String retryAfter = "0";
    public volatile boolean knowsRanges = true;
    public volatile boolean isBroken;

    /** Changes the bytes of large files on their way. */
    public volatile boolean isLying;

    public FakeHub() {
        hub.createContext("/", exchange -> answer(exchange, this::hub));
        cdn.createContext("/", exchange -> answer(exchange, this::cdn));
        for (HttpServer server : List.of(hub, cdn)) {
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
        }
    }

    public URI address() {
        return URI.create("http://localhost:" + hub.getAddress().getPort());
    }

    /** Every switch as it was at the beginning; repositories stay. */
    public void reset() {
        ranges.clear();
        tokensAtTheOtherHost.clear();
        truncations.set(0);
        tooMany.set(0);
        retryAfter = "0";
        knowsRanges = true;
        isBroken = false;
        isLying = false;
    }

    /** A repository; one whose name begins with {@code private} wants the token, with {@code gated} refuses everybody. */
    public void publish(String repository, Map<String, byte[]> files) {
        repositories.put(repository, new TreeMap<>(files));
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange, Handler handler) throws IOException {
        nRequests.incrementAndGet();
        try (exchange) {
            if (isBroken) {
                exchange.sendResponseHeaders(503, -1);
            } else {
                handler.handle(exchange);
            }
        }
    }

    private void hub(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        boolean isListing = path[1].equals("api");
        int at = isListing ? 3 : 1;
        String repository = path[at] + "/" + path[at + 1];
        Map<String, byte[]> files = repositories.get(repository);
        String name = path[at + 1];
        if (files == null || (name.startsWith("private") && !("Bearer " + TOKEN).equals(token(exchange)))) {
            // The hub does not tell a private repository from one that does not exist.
            exchange.getResponseHeaders().set("X-Error-Message", "Repository not found");
            exchange.sendResponseHeaders(401, -1);
        } else if (name.startsWith("gated")) {
            exchange.getResponseHeaders().set("X-Error-Message", "Access is restricted");
            exchange.sendResponseHeaders(403, -1);
        } else if (isListing) {
            listing(exchange, path, files);
        } else {
            file(exchange, repository, files, String.join("/", Arrays.copyOfRange(path, 5, path.length)));
        }
    }

    private void listing(HttpExchange exchange, String[] path, Map<String, byte[]> files) throws IOException {
        if (tooMany.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
            exchange.sendResponseHeaders(429, -1);
        } else if (!List.of("main", COMMIT).contains(path[6])) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            StringBuilder siblings = new StringBuilder();
            files.forEach((file, bytes) -> siblings.append(siblings.isEmpty() ? "" : ",")
                    .append("{\"rfilename\":\"%s\",\"size\":%d,\"blobId\":\"%s\"%s}"
                            .formatted(file, bytes.length, gitSha1(bytes), lfs(file, bytes))));
            send(
                    exchange,
                    200,
                    "{\"sha\":\"%s\",\"siblings\":[%s]}"
                            .formatted(COMMIT, siblings)
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private static boolean isLarge(String file) {
        return file.contains(".onnx");
    }

    private static String lfs(String file, byte[] bytes) {
        return isLarge(file)
                ? ",\"lfs\":{\"sha256\":\"%s\",\"size\":%d,\"pointerSize\":130}"
                        .formatted(Sha256.of(bytes), bytes.length)
                : "";
    }

    private void file(HttpExchange exchange, String repository, Map<String, byte[]> files, String path)
            throws IOException {
        byte[] bytes = files.get(path);
        if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
        } else if (isLarge(path)) {
            exchange.getResponseHeaders().set("X-Linked-Etag", "\"" + Sha256.of(bytes) + "\"");
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://127.0.0.1:%d/%s/%s?signature=x"
                                    .formatted(cdn.getAddress().getPort(), repository, path));
            exchange.sendResponseHeaders(302, -1);
        } else {
            send(exchange, 200, bytes);
        }
    }

    private void cdn(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/", 4);
        Map<String, byte[]> files = Objects.requireNonNull(repositories.get(path[1] + "/" + path[2]));
        byte[] bytes = Objects.requireNonNull(files.get(path[3])).clone();
        if (isLying) {
            bytes[bytes.length / 2] ^= 1;
        }
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "" : range);
        if (token(exchange) != null) {
            tokensAtTheOtherHost.add(String.valueOf(token(exchange)));
        }
        int from = range == null || !knowsRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
        }
        byte[] rest = Arrays.copyOfRange(bytes, from, bytes.length);
        if (truncations.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
            exchange.getResponseBody().write(rest, 0, rest.length / 2);
            exchange.getResponseBody().flush();
        } else {
            send(exchange, from > 0 ? 206 : 200, rest);
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static @Nullable String token(HttpExchange exchange) {
        return exchange.getRequestHeaders().getFirst("Authorization");
    }

    private static String gitSha1(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + bytes.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static HttpServer start() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

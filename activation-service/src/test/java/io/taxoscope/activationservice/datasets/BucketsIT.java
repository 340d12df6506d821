package io.taxoscope.activationservice.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taxoscope.support.sources.SourceProperties;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Buckets of a server that speaks S3. */
@SuppressWarnings("NullAway") // set before the first test; buckets need no other source
class BucketsIT {
    private static final int MORE_THAN_A_PAGE = 1003;

    @TempDir
    static Path folder = Path.of("");

    private static S3Server server;
    private static Buckets buckets;

    @BeforeAll
    static void fill() throws IOException {
        server = S3Server.start(folder);
        buckets = buckets(server.address());
        try (S3Client client = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .endpointOverride(server.address())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build()) {
            client.createBucket(request -> request.bucket("images"));
            for (String key :
                    List.of("set/dog/1 é.jpg", "set/cat/2.jpg", "set/loose.jpg", "set/.hidden/x.jpg", "other/3.jpg")) {
                client.putObject(
                        request -> request.bucket("images").key(key), RequestBody.fromString("bytes of " + key));
            }
            client.createBucket(request -> request.bucket("many"));
            for (int i = 0; i < MORE_THAN_A_PAGE; i++) {
                String key = "m/c/%04d.jpg".formatted(i);
                client.putObject(request -> request.bucket("many").key(key), RequestBody.fromString("x"));
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        buckets.destroy();
        server.close();
    }

    @Test
    void readsAPrefixAsClassFolders() throws Exception {
        for (String address : List.of("s3://images/set", "s3://images/set/")) {
            Seen seen = Seen.of(files().below(S3Location.of(address), Labelling.FOLDERS));

            assertThat(seen.images).containsExactly("cat/2.jpg=cat", "dog/1 é.jpg=dog");
            assertThat(seen.bytes.getLast()).asString(StandardCharsets.UTF_8).isEqualTo("bytes of set/dog/1 é.jpg");
            assertThat(seen.refused).containsExactly("loose.jpg: lies in no class folder, so it has no label");
        }
    }

    @Test
    void listsMoreThanOnePage() throws Exception {
        assertThat(Seen.of(files().below(S3Location.of("s3://many/m"), Labelling.FOLDERS)).images)
                .hasSize(MORE_THAN_A_PAGE)
                .startsWith("c/0000.jpg=c")
                .endsWith("c/1002.jpg=c");
    }

    @Test
    void copiesAnObjectAndTellsItFromAPrefix() throws Exception {
        Path work = folder.resolve("work");

        Path copy = files().object(S3Location.of("s3://images/other/3.jpg"), work);

        assertThat(Objects.requireNonNull(copy)).hasContent("bytes of other/3.jpg");
        assertThat(files().object(S3Location.of("s3://images/other"), work)).isNull();
    }

    @Test
    void saysWhatCannotBeRead() {
        assertThatThrownBy(() -> files().below(S3Location.of("s3://absent/x"), Labelling.FOLDERS))
                .hasMessageContaining("404");
        assertThatThrownBy(() -> buckets(URI.create("http://localhost:1")).list(S3Location.of("s3://images/x"), "x"))
                .hasMessageContaining("taxoscope.s3.endpoint");
        assertThatThrownBy(() -> S3Location.of("s3://UPPER_case/x")).hasMessageContaining("no s3://bucket/prefix");
        assertThatThrownBy(() -> S3Location.of("http://bucket/x")).hasMessageContaining("no s3://bucket/prefix");
    }

    @Test
    void copiesNoMoreThanIsAllowed() throws Exception {
        var small = new Buckets(properties(server.address()), sources(DataSize.ofBytes(3)));
        Path target = Files.createDirectories(folder.resolve("limited")).resolve("x");

        assertThatThrownBy(() -> small.copy(S3Location.of("s3://images/other/3.jpg"), target))
                .hasMessageContaining("taxoscope.sources.max-bytes");
    }

    private static SourceFiles files() {
        return new SourceFiles(null, buckets);
    }

    private static Buckets buckets(URI endpoint) {
        return new Buckets(properties(endpoint), sources(DataSize.ofMegabytes(1)));
    }

    private static S3Properties properties(URI endpoint) {
        return new S3Properties(endpoint, "us-east-1", "key", "secret", true, false);
    }

    private static SourceProperties sources(DataSize max) {
        return new SourceProperties(List.of("/"), false, max, 1, Duration.ofSeconds(10));
    }
}

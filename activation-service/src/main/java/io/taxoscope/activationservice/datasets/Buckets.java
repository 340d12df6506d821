package io.taxoscope.activationservice.datasets;

import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.support.sources.LimitedStream;
import io.taxoscope.support.sources.SourceError;
import io.taxoscope.support.sources.SourceProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects of an S3-compatible store. Requests that fail on the way are repeated by the client. */
@Component
@EnableConfigurationProperties(S3Properties.class)
class Buckets implements DisposableBean {
    private final S3Properties properties;
    private final SourceProperties sources;
    // Made when it is first needed: most platforms read no bucket.
    private final SingletonSupplier<S3Client> client = SingletonSupplier.of(this::connect);
    private volatile boolean isConnected;

    Buckets(S3Properties properties, SourceProperties sources) {
        this.properties = properties;
        this.sources = sources;
    }

    /** @param key the whole key */
    record Item(String key, long bytes) {}

    /** Every object whose key begins so, in the order of keys. */
    List<Item> list(S3Location location, String prefix) {
        return asked(location, () -> client
                .obtain()
                .listObjectsV2Paginator(
                        request -> request.bucket(location.bucket()).prefix(prefix))
                .contents()
                .stream()
                .map(object -> new Item(object.key(), object.size()))
                .toList());
    }

    byte[] read(S3Location location, Item item) {
        return asked(location, () -> client.obtain()
                .getObjectAsBytes(request -> request.bucket(location.bucket()).key(item.key()))
                .asByteArray());
    }

    /** Copies one object into a file, which replaces what was there. */
    void copy(S3Location location, Path target) {
        TaxoscopeException tooLarge = LimitedStream.tooLarge(location.toString(), sources.maxBytes());
        asked(location, () -> {
            try (InputStream body = client.obtain().getObject(request -> request.bucket(location.bucket())
                            .key(location.key()));
                    var out = Files.newOutputStream(target)) {
                return new LimitedStream(body, sources.maxBytes().toBytes(), tooLarge).transferTo(out);
            } catch (IOException broken) {
                throw SourceError.SOURCE_UNREACHABLE.because("cannot read %s: %s".formatted(location, broken), broken);
            }
        });
    }

    private static <T> T asked(S3Location location, Supplier<T> question) {
        try {
            return question.get();
        } catch (S3Exception refused) {
            String message = "%s: the store answers %d: %s"
                    .formatted(
                            location,
                            refused.statusCode(),
                            refused.awsErrorDetails() == null
                                    ? refused.getMessage()
                                    : refused.awsErrorDetails().errorMessage());
            throw switch (refused.statusCode()) {
                case 404 -> SourceError.SOURCE_NOT_FOUND.because(message);
                case 301, 400, 401, 403 ->
                    SourceError.SOURCE_NOT_ALLOWED.because(
                            message + "; look at taxoscope.s3.access-key, secret-key and region", refused);
                default -> SourceError.SOURCE_UNREACHABLE.because(message, refused);
            };
        } catch (SdkException failure) {
            throw SourceError.SOURCE_UNREACHABLE.because(
                    "cannot read %s: %s (taxoscope.s3.endpoint, access-key, secret-key)"
                            .formatted(location, failure.getMessage()),
                    failure);
        }
    }

    private S3Client connect() {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(sources.timeout())
                        .socketTimeout(sources.timeout()))
                .region(Region.of(properties.region()))
                .forcePathStyle(properties.pathStyle())
                .credentialsProvider(credentials());
        if (properties.endpoint() != null) {
            builder.endpointOverride(properties.endpoint());
        }
        S3Client connected = builder.build();
        isConnected = true;
        return connected;
    }

    private AwsCredentialsProvider credentials() {
        if (properties.anonymous()) {
            return AnonymousCredentialsProvider.create();
        }
        return properties.accessKey() == null || properties.secretKey() == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(properties.accessKey(), properties.secretKey()));
    }

    @Override
    public void destroy() {
        if (isConnected) {
            client.obtain().close();
        }
    }
}

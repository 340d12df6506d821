package io.taxoscope.activationservice.datasets;

import jakarta.validation.constraints.NotBlank;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The S3-compatible store that {@code source.s3} names buckets of.
 *
 * @param endpoint address of the store; absent for AWS itself
 * @param region of the buckets; stores other than AWS's take any
 * @param accessKey with the secret key, who reads; both absent for what AWS's own variables and files say
 * @param secretKey of the access key
 * @param pathStyle whether the bucket's name stands in the path instead of the host, as most stores but AWS's want it
 * @param anonymous whether public buckets are read without any key
 */
@Validated
@ConfigurationProperties("taxoscope.s3")
record S3Properties(
        @Nullable URI endpoint,
        @DefaultValue("us-east-1") @NotBlank String region,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @DefaultValue("true") boolean pathStyle,
        @DefaultValue("false") boolean anonymous) {}

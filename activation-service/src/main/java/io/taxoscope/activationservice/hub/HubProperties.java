package io.taxoscope.activationservice.hub;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The hub that {@code source.hf} names models of.
 *
 * @param address of the hub or of a mirror that speaks its protocol
 * @param token access token for private and gated models; absent for public ones
 * @param offline whether only what was downloaded before is used
 * @param attempts requests in a row without a single new byte before a download is given up
 * @param pause before the second attempt; it doubles with each further one
 * @param longestWait that a hub which asks for patience (Retry-After) is granted
 * @param timeout until the hub must send the next bytes
 */
@Validated
@ConfigurationProperties("taxoscope.hub")
public record HubProperties(
        @DefaultValue("https://huggingface.co") @NotNull URI address,
        @Nullable String token,
        @DefaultValue("false") boolean offline,
        @DefaultValue("5") @Positive int attempts,
        @DefaultValue("1s") @NotNull Duration pause,
        @DefaultValue("5m") @NotNull Duration longestWait,
        @DefaultValue("30s") @NotNull Duration timeout) {}
